// The folder of an epoch's documents. What was emptied goes on under another name, unseen by who still writes to the old
// one; the position held is the highest of the marks.

import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { PortFailure, type Keyring, type PaymentDocument, type PaymentKey } from '@paystrata/application';
import { parseOrganizationId, type OrganizationId } from '@paystrata/domain';
import type { KeyRange, SourceDocument, SourceEntry } from '../ports/source.ts';
import { fingerprintOf, keyOf, lineOf, nameOf, openLine, type Line } from './document-line.ts';
import { codeOf, makeFolder, namesIn, syncFolders, writeWhole } from './durable-files.ts';
import { SegmentFolder } from './segment-folder.ts';

const DIGITS = 16;
const heldName = new RegExp(`^\\d{${DIGITS}}$`);
const lifeName = /^documents-[0-9a-f]{12}-2$/;
/** What is left of a process that was killed. */
const DRAFT_MS = 3_600_000;

export class DocumentFolder {
  readonly #root: string;
  readonly #keyring: Keyring;
  #life: string | null = null;
  #segments: SegmentFolder | null = null;

  /** @param root of the epoch */
  constructor(root: string, keyring: Keyring) {
    this.#root = root;
    this.#keyring = keyring;
  }

  /** Looks at the folder: what this process answers after it contains the log up to there. */
  async held(): Promise<number | null> {
    this.#live(await this.#current());
    if (this.#life === null) return null;
    const marks = (await namesIn(join(this.#life, 'held'))).filter((name) => heldName.test(name)).sort();
    // After the marks, so that what they promise is seen.
    await this.#segments?.look();
    return marks.length === 0 ? null : Number(marks.at(-1));
  }

  /** As far as this process knows of the folder: `held` looks again. */
  async move(position: number): Promise<void> {
    const folder = join(this.#known().life, 'held');
    const mark = position.toString().padStart(DIGITS, '0');
    const file = await open(join(folder, mark), 'a');
    await file.close();
    await syncFolders([folder]);
    for (const old of await namesIn(folder)) if (old < mark) await rm(join(folder, old), { force: true });
  }

  async put(documents: readonly SourceDocument[]): Promise<void> {
    const { segments } = this.#known();
    const lines = new Map<string, Line>();
    for (const line of await Promise.all(documents.map((document) => lineOf(document, this.#keyring)))) {
      if (line.revision >= (lines.get(line.name)?.revision ?? 0)) lines.set(line.name, line);
    }
    await segments.add([...lines.values()].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  async remove(keys: readonly PaymentKey[]): Promise<void> {
    await this.#known().segments.remove(new Set(keys.map(nameOf)));
  }

  /** @returns null where there is none, or one of another release. @throws PortFailure `STORE_DAMAGED` */
  async find(key: PaymentKey): Promise<PaymentDocument | null> {
    const line = (await this.#segments?.find(nameOf(key))) ?? null;
    return line && openLine(line, this.#keyring);
  }

  async organizations(): Promise<readonly OrganizationId[]> {
    const names = this.#known().segments.organizations();
    return names.map((name) => parseOrganizationId(name)).filter((name) => name !== undefined);
  }

  /** @throws PortFailure `STORE_DAMAGED` */
  async entries({ organizationId, from, to }: KeyRange, limit: number): Promise<readonly SourceEntry[]> {
    const prefix = `${organizationId}/`;
    return this.#known().segments.over(`${prefix}${from ?? ''}`, async (lines) => {
      const entries: SourceEntry[] = [];
      for await (const line of lines) {
        const isWithin = line.name.startsWith(prefix) && (to === null || line.name < `${prefix}${to}`);
        if (!isWithin || entries.length >= limit) break;
        entries.push({ paymentId: keyOf(line).paymentId, revision: line.revision, fingerprint: fingerprintOf(line) });
      }
      return entries;
    });
  }

  /** Begins an empty folder, at position 0. */
  async clear(): Promise<void> {
    const life = join(this.#root, `documents-${randomBytes(6).toString('hex')}-2`);
    for (const name of ['held', 'drafts', 'segments']) await makeFolder(join(life, name));
    this.#live(life);
    await this.move(0);
    await writeWhole(join(life, 'drafts'), join(this.#root, 'current'), basename(life));
    await syncFolders([this.#root]);
    await this.#removeAllBut(life);
  }

  /** Removes all documents: the log of this epoch is not in use any more. What is archived stays. */
  async abandon(): Promise<void> {
    await rm(join(this.#root, 'current'), { force: true });
    await this.#removeAllBut(null);
  }

  /** Removes what processes that were killed left half written. */
  async tidy(): Promise<void> {
    const drafts = this.#life === null ? null : join(this.#life, 'drafts');
    if (drafts === null) return;
    for (const name of await namesIn(drafts)) {
      const path = join(drafts, name);
      const found = await stat(path).catch(() => null);
      if (found !== null && Date.now() - found.mtimeMs > DRAFT_MS) await rm(path, { force: true });
    }
  }

  /** Finishes what is under way. */
  async close(): Promise<void> {
    await this.#segments?.close();
  }

  #live(life: string | null): void {
    if (life === this.#life) return;
    this.#life = life;
    this.#segments = life === null ? null : new SegmentFolder(life);
  }

  async #removeAllBut(kept: string | null): Promise<void> {
    for (const name of await namesIn(this.#root)) {
      const path = join(this.#root, name);
      if (lifeName.test(name) && path !== kept) await rm(path, { recursive: true, force: true });
    }
  }

  async #current(): Promise<string | null> {
    try {
      const name = await readFile(join(this.#root, 'current'), 'utf8');
      return lifeName.test(name) ? join(this.#root, name) : null;
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }

  #known(): { readonly life: string; readonly segments: SegmentFolder } {
    if (this.#life !== null && this.#segments !== null) return { life: this.#life, segments: this.#segments };
    throw new PortFailure('STORE_UNAVAILABLE', `there are no documents in ${dirname(this.#root)} yet`);
  }
}
