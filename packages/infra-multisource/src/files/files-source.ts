// A folder beside SQL: documents by id, and an archive of events by organization and month. Personal data is sealed.

import { hash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PortFailure, type Keyring, type PaymentKey } from '@paystrata/application';
import type { KeyRange, PaymentSource, SourceArchive, SourceBatch, SourceDocument } from '../ports/source.ts';
import { DocumentFolder } from './document-folder.ts';
import { namesIn, onFiles } from './durable-files.ts';
import { EventArchive } from './event-archive.ts';

export interface FilesSourceOptions {
  /** May be shared by processes, and by machines over a file system that renames in one step. */
  readonly folder: string;
  /** The keys that seal personal data: those of the log, so that an erasure takes what is in files as well. */
  readonly keyring: Keyring;
  /** Of a question. Default 5,000 ms. */
  readonly timeoutMs?: number;
}

interface Opened {
  readonly root: string;
  readonly documents: DocumentFolder;
  readonly archive: EventArchive;
}

/** Answers `get`; a payment that is in no file it cannot tell of. */
export function createFilesSource(options: FilesSourceOptions): PaymentSource {
  return new FilesSource(options);
}

class FilesSource implements PaymentSource {
  readonly name = 'files';
  readonly isShared = true;
  readonly isComplete = true;
  readonly archive: SourceArchive = {
    positions: (organizationId, month) => this.#on(({ archive }) => archive.positions(organizationId, month)),
    add: (events) => this.#on(({ archive }) => archive.add(events)),
  };
  readonly timeoutMs: number;
  readonly queries: PaymentSource['queries'];
  readonly #folder: string;
  readonly #keyring: Keyring;
  #opened: Opened | null = null;
  #held: number | null = null;

  constructor({ folder, keyring, timeoutMs = 5000 }: FilesSourceOptions) {
    this.#folder = resolve(folder);
    this.#keyring = keyring;
    this.timeoutMs = timeoutMs;
    this.queries = {
      get: async ({ paymentId }, { organizationId, atLeast }) => this.#get({ organizationId, paymentId }, atLeast),
    };
  }

  async open(epoch: string): Promise<void> {
    const root = join(this.#folder, `log-${hash('sha256', epoch, 'hex').slice(0, 12)}`);
    this.#opened = { root, documents: new DocumentFolder(root, this.#keyring), archive: new EventArchive(root) };
    await this.#on(async ({ documents }) => {
      await mkdir(root, { recursive: true });
      const probe = join(root, `.probe-${process.pid}`);
      await writeFile(probe, '');
      await rm(probe);
      // What is damaged is told by the checks of its health; others answer meanwhile.
      await documents.held().catch(unlessDamaged);
      await documents.tidy();
    });
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    this.#opened = null;
    await opened?.documents.close();
  }

  async held(): Promise<number | null> {
    this.#held = await this.#on(({ documents }) => documents.held());
    return this.#held;
  }

  apply({ from, to, documents: changed, events }: SourceBatch): Promise<number | null> {
    return this.#on(async ({ documents, archive }) => {
      const held = await documents.held();
      if (held === null) return null;
      // Their syncs go together; neither is under way any more when one has failed.
      const written = await Promise.allSettled([archive.add(events), documents.put(changed)]);
      const failed = written.find((each) => each.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
      if (held >= from && to > held) await documents.move(to);
      this.#held = await documents.held();
      return this.#held;
    });
  }

  put(changed: readonly SourceDocument[]): Promise<void> {
    return this.#on(({ documents }) => documents.put(changed));
  }

  remove(keys: readonly PaymentKey[]): Promise<void> {
    return this.#on(({ documents }) => documents.remove(keys));
  }

  clear(): Promise<void> {
    return this.#on(async ({ documents, root }) => {
      await documents.clear();
      for (const name of await namesIn(this.#folder)) {
        const other = join(this.#folder, name);
        if (name.startsWith('log-') && other !== root) await new DocumentFolder(other, this.#keyring).abandon();
      }
    });
  }

  organizations() {
    return this.#on(({ documents }) => documents.organizations());
  }

  async digest(range: KeyRange) {
    const entries = await this.entries(range, Number.MAX_SAFE_INTEGER);
    return { count: entries.length, sum: entries.reduce((sum, { fingerprint }) => sum + fingerprint, 0) };
  }

  entries(range: KeyRange, limit: number) {
    return this.#on(({ documents }) => documents.entries(range, limit));
  }

  async #get(key: PaymentKey, atLeast: number) {
    // Before the file is read, which is at least as new.
    const position = this.#held !== null && this.#held >= atLeast ? this.#held : await this.held();
    if (position === null) return null;
    const document = await this.#on(({ documents }) => documents.find(key));
    return document && { answer: document, position };
  }

  #on<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
    const opened = this.#opened;
    if (opened === null) throw new PortFailure('STORE_UNAVAILABLE', 'the folder of documents is not opened yet');
    return onFiles(this.#folder, () => work(opened));
  }
}

function unlessDamaged(error: unknown): void {
  if (!(error instanceof PortFailure) || error.code !== 'STORE_DAMAGED') throw error;
}
