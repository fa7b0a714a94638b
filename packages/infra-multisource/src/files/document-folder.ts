// The folder of an epoch's documents: one file a payment, its revision in the name, so that no file is ever written over
// by an older one, whoever is slow. What was emptied goes on under another name, unseen by who still writes to the old one.

import { randomBytes } from 'node:crypto';
import { open, readFile, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { compareCodePoints, PortFailure, type Keyring, type PaymentKey } from '@paystrata/application';
import { parseOrganizationId, parsePaymentId, type OrganizationId, type PaymentId } from '@paystrata/domain';
import type { KeyRange, SourceDocument, SourceEntry } from '../ports/source.ts';
import { documentFileText, parseDocumentFile, type DocumentFile } from './document-file.ts';
import { codeOf, forEachOf, makeFolder, namesIn, syncFolders, writeWhole } from './durable-files.ts';

const DIGITS = 16;
const fileName = new RegExp(`^([0-9a-f-]{36})\\.(\\d{${DIGITS}})\\.payment$`);
const heldName = new RegExp(`^\\d{${DIGITS}}$`);
const lifeName = /^documents-[0-9a-f]{12}$/;
/** Before the name, so that no system takes a slug for a device. */
const ORGANIZATION = 'org-';
/** What is left of a process that was killed. */
const DRAFT_MS = 3_600_000;
/** Never that of a document. */
const DAMAGED = -1;

interface Named {
  readonly name: string;
  readonly paymentId: PaymentId;
  readonly revision: number;
}

export class DocumentFolder {
  readonly #root: string;
  readonly #keyring: Keyring;
  #life: string | null = null;

  /** @param root of the epoch */
  constructor(root: string, keyring: Keyring) {
    this.#root = root;
    this.#keyring = keyring;
  }

  async held(): Promise<number | null> {
    this.#life = await this.#current();
    if (this.#life === null) return null;
    const marks = (await namesIn(join(this.#life, 'held'))).filter((name) => heldName.test(name)).sort();
    return marks.length === 0 ? null : Number(marks.at(-1));
  }

  /** As far as this process knows of the folder: `held` looks again. */
  async move(position: number): Promise<void> {
    const folder = join(this.#known(), 'held');
    const mark = position.toString().padStart(DIGITS, '0');
    const file = await open(join(folder, mark), 'a');
    await file.close();
    await syncFolders([folder]);
    for (const old of await namesIn(folder)) if (old < mark) await rm(join(folder, old), { force: true });
  }

  async put(documents: readonly SourceDocument[]): Promise<void> {
    const life = this.#known();
    const folders = new Set<string>();
    await forEachOf(documents, async (document) => {
      const folder = shardOf(life, document);
      folders.add(folder);
      await makeFolder(folder);
      const there = await this.#filesOf(folder, document.paymentId);
      if (there.some(({ revision }) => revision > document.revision)) return;
      const name = `${document.paymentId}.${document.revision.toString().padStart(DIGITS, '0')}.payment`;
      await writeWhole(join(life, 'drafts'), join(folder, name), await documentFileText(document, this.#keyring));
      for (const old of there) if (old.name !== name) await rm(join(folder, old.name), { force: true });
    });
    await syncFolders(folders);
  }

  async remove(keys: readonly PaymentKey[]): Promise<void> {
    const life = this.#known();
    await forEachOf(keys, async (key) => {
      const folder = shardOf(life, key);
      for (const { name } of await this.#filesOf(folder, key.paymentId)) await rm(join(folder, name), { force: true });
    });
  }

  /** @returns null where there is no file. @throws PortFailure `STORE_DAMAGED` */
  async find(key: PaymentKey): Promise<DocumentFile | null> {
    if (this.#life === null) return null;
    const folder = shardOf(this.#life, key);
    const newest = (await this.#filesOf(folder, key.paymentId)).at(-1);
    if (newest === undefined) return null;
    const file = await this.#read(join(folder, newest.name), key.organizationId, newest);
    if (file === 'gone') return null;
    if (file !== null) return file;
    throw new PortFailure('STORE_DAMAGED', `the file of payment ${key.paymentId} is damaged: repair the source`);
  }

  async organizations(): Promise<readonly OrganizationId[]> {
    const names = await namesIn(this.#known());
    return names
      .filter((name) => name.startsWith(ORGANIZATION))
      .map((name) => parseOrganizationId(name.slice(ORGANIZATION.length)))
      .filter((name) => name !== undefined);
  }

  /** Every file is read: one that is damaged has a fingerprint that no document has. */
  async entries(range: KeyRange, limit: number): Promise<readonly SourceEntry[]> {
    const { organizationId } = range;
    const folder = join(this.#known(), `${ORGANIZATION}${organizationId}`);
    const newest = new Map<PaymentId, Named & { readonly path: string }>();
    for (const shard of await namesIn(folder)) {
      for (const file of named(await namesIn(join(folder, shard)))) {
        if (!isWithin(range, file.paymentId)) continue;
        const before = newest.get(file.paymentId);
        if (before !== undefined && before.revision > file.revision) continue;
        newest.set(file.paymentId, { ...file, path: join(folder, shard, file.name) });
      }
    }
    const found = [...newest.values()].sort((a, b) => compareCodePoints(a.paymentId, b.paymentId)).slice(0, limit);
    const entries = new Map<PaymentId, SourceEntry>();
    await forEachOf(found, async (each) => {
      const { paymentId, revision } = each;
      const file = await this.#read(each.path, organizationId, each);
      if (file !== 'gone')
        entries.set(paymentId, { paymentId, revision, fingerprint: file?.header.fingerprint ?? DAMAGED });
    });
    return found.flatMap(({ paymentId }) => entries.get(paymentId) ?? []);
  }

  /** Begins an empty folder, at position 0. */
  async clear(): Promise<void> {
    const life = join(this.#root, `documents-${randomBytes(6).toString('hex')}`);
    await makeFolder(join(life, 'held'));
    await makeFolder(join(life, 'drafts'));
    this.#life = life;
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

  #known(): string {
    if (this.#life !== null) return this.#life;
    throw new PortFailure('STORE_UNAVAILABLE', `there are no documents in ${dirname(this.#root)} yet`);
  }

  /** In the order of revisions. */
  async #filesOf(folder: string, paymentId: string): Promise<readonly Named[]> {
    const files = named(await namesIn(folder)).filter((file) => file.paymentId === paymentId);
    return files.sort((a, b) => a.revision - b.revision);
  }

  /** @returns null where it is damaged, or not what its name says. */
  async #read(path: string, organizationId: OrganizationId, { paymentId, revision }: Named) {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      // A newer one took its place meanwhile.
      if (codeOf(error) === 'ENOENT') return 'gone';
      throw error;
    }
    const file = parseDocumentFile(text);
    if (file === null) return null;
    const { header } = file;
    const isOurs = header.organizationId === organizationId && header.paymentId === paymentId;
    return isOurs && header.revision === revision ? file : null;
  }
}

function named(names: readonly string[]): Named[] {
  return names.flatMap((name) => {
    const [, id = '', revision] = fileName.exec(name) ?? [];
    const paymentId = parsePaymentId(id);
    return paymentId === undefined ? [] : [{ name, paymentId, revision: Number(revision) }];
  });
}

/** One of 4,096 folders of the organization: ids end in digits that are random, or a hash. */
function shardOf(life: string, { organizationId, paymentId }: PaymentKey): string {
  // Both are branded: nobody makes one that leads out of the folder. This is for who casts.
  if (parseOrganizationId(organizationId) === undefined || parsePaymentId(paymentId) === undefined) {
    throw new PortFailure('STORE_DAMAGED', 'a payment has a name that no file may have');
  }
  return join(life, `${ORGANIZATION}${organizationId}`, paymentId.slice(-3));
}

function isWithin({ from, to }: KeyRange, paymentId: PaymentId): boolean {
  return (from === null || paymentId >= from) && (to === null || paymentId < to);
}
