// Checks one event after the other: its place in its stream, and that its chain follows from its text.

import { hash } from 'node:crypto';
import { PortFailure } from '@paystrata/application';
import type { ArchiveReader } from '../archive/archive-reader.ts';
import type { Findings } from './findings.ts';
import type { LogLink } from './log-pages.ts';

/** The chain before the first event of a stream. */
const CHAIN_START = Buffer.alloc(32);

export class LinkChecker {
  readonly #archive: ArchiveReader;
  readonly #findings: Findings;
  /** Each is named once, however many events are in it. */
  readonly #damagedSegments = new Set<number>();
  /** Bytes of text that were hashed. */
  textBytes = 0;

  constructor(archive: ArchiveReader, findings: Findings) {
    this.#archive = archive;
    this.#findings = findings;
  }

  async check(link: LogLink): Promise<void> {
    const problem = misplaced(link);
    if (problem !== null) this.#findings.ofEvent(link, problem);
    const text = link.text ?? (await this.#archived(link));
    if (text === null) return;
    const bytes = Buffer.from(text);
    this.textBytes += bytes.length;
    const chain = hash('sha256', Buffer.concat([link.before?.chain ?? CHAIN_START, bytes]), 'buffer');
    if (!chain.equals(link.chain)) {
      this.#findings.ofEvent(link, 'its chain does not follow from its text and the event before it');
    }
  }

  /** Names a segment that cannot be read, unless it was named before. */
  segmentFailed(segment: number, failure: PortFailure): void {
    if (this.#damagedSegments.has(segment)) return;
    this.#damagedSegments.add(segment);
    this.#findings.ofLog(failure.message);
  }

  async #archived(link: LogLink): Promise<string | null> {
    const { segment, position } = link;
    if (segment === null) {
      this.#findings.ofEvent(link, 'it has no text, and is in no segment of the archive');
      return null;
    }
    if (this.#damagedSegments.has(segment)) return null;
    try {
      const text = (await this.#archive.open(segment)).textAt(position);
      if (text === undefined) this.#findings.ofEvent(link, `segment ${segment} of the archive does not hold it`);
      return text ?? null;
    } catch (error) {
      if (!(error instanceof PortFailure) || error.code !== 'STORE_DAMAGED') throw error;
      this.segmentFailed(segment, error);
      return null;
    }
  }
}

function misplaced({ name, organization, category, version, position, before }: LogLink): string | null {
  if (name === null) return 'its stream is not there';
  if (name.organization !== organization || name.category !== category) {
    return `it is filed under ${organization}/${category}, its stream under ${name.organization}/${name.category}`;
  }
  if (version < 1) return 'it has no version';
  if (before === null) return version === 1 ? null : `event ${version - 1} of its stream is not there`;
  return before.position < position ? null : `it comes before event ${version - 1}, which is at ${before.position}`;
}
