// The archive of events: one file an organization and month, only ever added to. Each line has a checksum, so that a torn
// one is known; what came twice is there twice and read once.

import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OrganizationId } from '@paystrata/domain';
import type { SourceEvent } from '../ports/source.ts';
import { codeOf, makeFolder, syncFolders } from './durable-files.ts';

/** What a file of the archive holds. */
export interface ArchivedMonth {
  /** In the order of positions, each once: the very texts of the log. */
  readonly events: readonly { readonly position: number; readonly text: string }[];
  /** Lines that are torn or damaged. */
  readonly damaged: number;
}

interface KnownFile {
  readonly size: number;
  readonly positions: Set<number>;
}

/** Files whose positions are remembered. */
const REMEMBERED = 64;

export class EventArchive {
  readonly #root: string;
  readonly #known = new Map<string, KnownFile>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Adds the events that are not there yet, synced. */
  async add(events: readonly SourceEvent[]): Promise<void> {
    const files = Map.groupBy(events, ({ event }) => archiveFile(this.#root, event.organizationId, monthOf(event.at)));
    for (const [path, some] of files) await this.#addTo(path, some);
  }

  /** Of the events that are there whole, read anew. @param month such as `2026-01` */
  async positions(organizationId: OrganizationId, month: string): Promise<ReadonlySet<number>> {
    const path = archiveFile(this.#root, organizationId, month);
    this.#known.delete(path);
    const { events } = await readArchivedMonth(this.#root, organizationId, month);
    return new Set(events.map(({ position }) => position));
  }

  async #addTo(path: string, events: readonly SourceEvent[]): Promise<void> {
    await makeFolder(dirname(path));
    const file = await open(path, 'a+');
    try {
      const { size } = await file.stat();
      const positions = await this.#positionsIn(path, size);
      const added = events.filter(({ event }) => !positions.has(event.position));
      if (added.length === 0) return;
      // A line that was torn off ends here, and is brought again.
      const isTorn = size > 0 && (await file.read(Buffer.alloc(1), 0, 1, size - 1)).buffer.toString() !== '\n';
      const lines = added.map(({ event, text }) => lineOf(event.position, text));
      const text = `${isTorn ? '\n' : ''}${lines.join('')}`;
      await file.appendFile(text);
      await file.sync();
      if (size === 0) await syncFolders([dirname(path)]);
      for (const { event } of added) positions.add(event.position);
      this.#remember(path, { size: size + Buffer.byteLength(text), positions });
    } finally {
      await file.close();
    }
  }

  /** Read again where somebody else has added to it. */
  async #positionsIn(path: string, size: number): Promise<Set<number>> {
    const known = this.#known.get(path);
    if (known?.size === size) return known.positions;
    const { events } = parseArchive(await readFile(path, 'utf8'));
    return new Set(events.map(({ position }) => position));
  }

  #remember(path: string, file: KnownFile): void {
    this.#known.delete(path);
    this.#known.set(path, file);
    const [oldest] = this.#known.keys();
    if (this.#known.size > REMEMBERED && oldest !== undefined) this.#known.delete(oldest);
  }
}

/** @param month such as `2026-01` @returns nothing where there is no file of that month */
export async function readArchivedMonth(
  root: string,
  organizationId: OrganizationId,
  month: string,
): Promise<ArchivedMonth> {
  try {
    return parseArchive(await readFile(archiveFile(root, organizationId, month), 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { events: [], damaged: 0 };
    throw error;
  }
}

function archiveFile(root: string, organizationId: OrganizationId, month: string): string {
  return join(root, 'archive', `org-${organizationId}`, `${month}.log`);
}

/** Such as `2026-01`, in UTC. */
export function monthOf(at: number): string {
  return new Date(at).toISOString().slice(0, 7);
}

function lineOf(position: number, text: string): string {
  return `${checksumOf(position, text)} ${position} ${text}\n`;
}

function parseArchive(contents: string): ArchivedMonth {
  const events = new Map<number, string>();
  let damaged = 0;
  for (const line of contents.split('\n')) {
    if (line === '') continue;
    const [, checksum, digits, text] = /^(\S+) (\d{1,16}) (.*)$/.exec(line) ?? [];
    const position = Number(digits);
    if (text === undefined || checksum !== checksumOf(position, text)) damaged += 1;
    else events.set(position, text);
  }
  const inOrder = [...events].sort(([a], [b]) => a - b);
  return { events: inOrder.map(([position, text]) => ({ position, text })), damaged };
}

function checksumOf(position: number, text: string): string {
  return createHash('sha256').update(`${position} ${text}`).digest('base64url').slice(0, 22);
}
