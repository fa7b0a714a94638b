// Compares what one source holds of an organization with SQL: numbers and hashes by range, then one by one.

import { compareCodePoints, type Clock, type PaymentDocument, type PaymentKey } from '@paystrata/application';
import type { OrganizationId, PaymentId } from '@paystrata/domain';
import { sourceDocument } from '../ports/document-text.ts';
import type { KeyRange, PaymentSource, SourceDocument, SourceEntry } from '../ports/source.ts';

/** The record, as far as comparing with it is concerned. */
export interface ComparedRecord {
  head(): Promise<number>;
  document(key: PaymentKey): Promise<PaymentDocument | null>;
  /** In the order of ids, from `from` on, included. */
  documents(organizationId: OrganizationId, from: PaymentId | null, limit: number): Promise<readonly PaymentDocument[]>;
}

export interface CompareOptions {
  readonly source: PaymentSource;
  readonly record: ComparedRecord;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
  /** Told how many payments more were compared. */
  readonly onCompared?: (payments: number) => void;
}

export interface SourceDifference {
  readonly key: PaymentKey;
  readonly problem: string;
  /** What the source ought to have; null: nothing. */
  readonly expected: SourceDocument | null;
  /** True where the source must forget what it has first: it takes it for newer than what is right. */
  readonly isAhead: boolean;
}

/** Payments of one range. */
const RANGE = 1000;
/** How long a source that is behind is waited for before that counts as a difference, and how often it is asked. */
const WAIT_MS = 5000;
const PAUSE_MS = 50;

/** What differs, range by range, while both go on. What an incomplete source lacks is no difference. */
export async function* compareOrganization(
  options: CompareOptions,
  organizationId: OrganizationId,
): AsyncGenerator<SourceDifference> {
  const { source, record, signal, onCompared } = options;
  for (let from: PaymentId | null = null; ;) {
    signal?.throwIfAborted();
    const page: readonly PaymentDocument[] = await record.documents(organizationId, from, RANGE + 1);
    const to: PaymentId | null = page[RANGE]?.payment.id ?? null;
    const range = { organizationId, from, to };
    const documents = page.slice(0, RANGE).map(sourceDocument);
    if (!source.isComplete || !(await isEqual(source, range, documents))) {
      yield* compareOneByOne(options, range, documents);
    }
    onCompared?.(documents.length);
    if (to === null) return;
    from = to;
  }
}

/** One payment. */
export async function comparePayment(options: CompareOptions, key: PaymentKey): Promise<SourceDifference | null> {
  return settled(options, key);
}

async function isEqual(source: PaymentSource, range: KeyRange, documents: readonly SourceDocument[]): Promise<boolean> {
  const { count, sum } = await source.digest(range);
  return count === documents.length && sum === documents.reduce((all, { fingerprint }) => all + fingerprint, 0);
}

async function* compareOneByOne(
  options: CompareOptions,
  range: KeyRange,
  documents: readonly SourceDocument[],
): AsyncGenerator<SourceDifference> {
  const held = new Map<string, SourceEntry>();
  for await (const entry of entriesIn(options.source, range)) held.set(entry.paymentId, entry);
  const ids = new Set<PaymentId>([...documents.map(({ paymentId }) => paymentId), ...idsOf(held)]);
  const expected = new Map(documents.map((document) => [document.paymentId, document]));
  for (const paymentId of [...ids].sort(compareCodePoints)) {
    options.signal?.throwIfAborted();
    if (problemOf(options.source, held.get(paymentId), expected.get(paymentId) ?? null) === null) continue;
    const difference = await settled(options, { organizationId: range.organizationId, paymentId });
    if (difference !== null) yield difference;
  }
}

async function* entriesIn(source: PaymentSource, range: KeyRange): AsyncGenerator<SourceEntry> {
  for (let { from } = range; ;) {
    const page: readonly SourceEntry[] = await source.entries({ ...range, from }, RANGE);
    // `from` is included: what is there of it came with the page before.
    yield* page.filter(({ paymentId }) => paymentId !== from || from === range.from);
    const last = page.at(-1);
    if (page.length < RANGE || last === undefined) return;
    from = last.paymentId;
  }
}

/** Looks again, once the source has what the record has: most of what differs is only on its way. */
async function settled({ source, record, clock, signal }: CompareOptions, key: PaymentKey) {
  const head = await record.head();
  for (let waited = 0; waited < WAIT_MS; waited += PAUSE_MS) {
    if (((await source.held()) ?? 0) >= head) break;
    await clock.sleep(PAUSE_MS, signal);
  }
  for (let attempt = 1; ; attempt += 1) {
    const document = await record.document(key);
    const expected = document && sourceDocument(document);
    const entry = await entryOf(source, key);
    const problem = problemOf(source, entry, expected);
    if (problem === null) return null;
    if (attempt === 3) return { key, problem, expected, isAhead: (entry?.revision ?? 0) > (expected?.revision ?? 0) };
    await clock.sleep(PAUSE_MS, signal);
  }
}

async function entryOf(source: PaymentSource, { organizationId, paymentId }: PaymentKey) {
  const [entry] = await source.entries({ organizationId, from: paymentId, to: null }, 1);
  return entry?.paymentId === paymentId ? entry : undefined;
}

function problemOf(
  { name, isComplete }: PaymentSource,
  entry: SourceEntry | undefined,
  expected: SourceDocument | null,
): string | null {
  if (expected === null) return entry === undefined ? null : `${name} has it, the log does not`;
  if (entry === undefined) return isComplete ? `${name} does not have it` : null;
  if (entry.revision < expected.revision) return `${name} has an older state of it than SQL`;
  if (entry.revision > expected.revision) return `${name} has a state of it that the log does not have`;
  return entry.fingerprint === expected.fingerprint ? null : `${name} has another state of it than SQL`;
}

function idsOf(held: ReadonlyMap<string, SourceEntry>): readonly PaymentId[] {
  return [...held.values()].map(({ paymentId }) => paymentId);
}
