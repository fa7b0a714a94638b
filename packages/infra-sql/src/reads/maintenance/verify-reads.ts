// Whether the tables say what the log says: every document, the number of rows, the sums.

import {
  canonicalJson,
  readLog,
  readPages,
  type Difference,
  type LogSource,
  type MaintenanceOptions,
  type MaintenanceScope,
  type PaymentDocument,
  type PaymentKey,
  type RecordedEvent,
  followDocument,
} from '@paystrata/application';
import { differingEventCounts, differingEvents } from '../../event-reads/verify-events.ts';
import { integer, type Row } from '../../rows.ts';
import { documentOf } from '../payments/payment-document.ts';
import { nameOf, nameOfRow } from '../payments/payment-name.ts';
import { paymentRow } from '../payments/payment-rows.ts';
import { tablesOf } from '../payments/payment-tables.ts';
import { paymentRows, storedPayment, type StoredPayment } from '../payments/stored-payments.ts';
import type { ProjectionSession } from '../projecting/projection.ts';
import { differingSums } from './check-sums.ts';
import { rowsLackingTerms } from './verify-terms.ts';

/** Asks the tables that are verified. */
type ReadTables = <T>(work: (session: ProjectionSession) => Promise<T>) => Promise<T>;

export interface VerifiedReads {
  readonly checked: number;
  readonly differences: readonly Difference[];
  readonly differing: number;
}

export interface VerifyReadsOptions extends Pick<MaintenanceOptions, 'onProgress' | 'signal'> {
  readonly source: LogSource;
  readonly read: ReadTables;
  readonly scope: MaintenanceScope;
  /** Also looks at what payments are found by, and at the tables of events; tables that were just built are right. */
  readonly thorough: boolean;
  /** Brings the tables up to the log: what differs is looked at again after it. */
  readonly catchUp: () => Promise<void>;
}

const MAX_DIFFERENCES = 1000;

/** Holds a page of the log at a time. Payments of which all events stand together need no look-up. */
export async function verifyReads(options: VerifyReadsOptions): Promise<VerifiedReads> {
  const { source, scope, onProgress, signal } = options;
  await options.catchUp();
  const found: Difference[] = [];
  let [checked, differing, last] = [0, 0, 0];
  const report = (differences: readonly Difference[]) => {
    differing += differences.length;
    found.push(...differences.slice(0, MAX_DIFFERENCES - found.length));
  };
  const { organizationId, paymentId } = { organizationId: undefined, paymentId: undefined, ...scope };
  const part = {
    ...(organizationId !== undefined && { organizationId }),
    ...(paymentId !== undefined && { paymentId }),
  };
  for await (const { events } of readPages(source, part)) {
    signal?.throwIfAborted();
    const begun = events.filter(({ version }) => version === 1);
    report(await differingOf(options, begun, events));
    if (options.thorough) report(await differingEventsOf(options, events));
    checked += begun.length;
    last = events.at(-1)?.position ?? last;
    onProgress?.({ done: checked, total: null });
  }
  if (paymentId === undefined) {
    report(await rowsWithoutEvents(options.read, organizationId ?? null, last, checked));
    report(await options.read((session) => differingSums(session, organizationId ?? null)));
    if (options.thorough)
      report(await options.read((session) => differingEventCounts(session, organizationId ?? null)));
  }
  onProgress?.({ done: checked, total: checked });
  return { checked, differences: found, differing };
}

/** Those that begin in the page and are not in the tables as the log has them, even when looked at again. */
async function differingOf(
  options: VerifyReadsOptions,
  begun: readonly RecordedEvent[],
  events: readonly RecordedEvent[],
): Promise<readonly Difference[]> {
  const together = Map.groupBy(events, nameOf);
  const { rows, lacking } = await rowsOf(options, begun);
  const differences: Difference[] = [];
  for (const event of begun) {
    const name = nameOf(event);
    const found = await problemOf(options.source, rows.get(name), event, together.get(name) ?? []);
    if (found === null && !lacking.has(event.position)) continue;
    await options.catchUp();
    const again = await rowsOf(options, [event]);
    const problem =
      (await problemOf(options.source, again.rows.get(name), event, [])) ??
      (again.lacking.has(event.position) ? 'the read model does not find it by all that it has' : null);
    const { organizationId, paymentId } = event;
    if (problem !== null) differences.push({ organizationId, paymentId, problem });
  }
  return differences;
}

interface FoundRows {
  readonly rows: ReadonlyMap<string, Row>;
  /** Rows that lack something that the payment is found by. */
  readonly lacking: ReadonlySet<number>;
}

/** Of one moment. */
function rowsOf({ read, thorough }: VerifyReadsOptions, keys: readonly PaymentKey[]): Promise<FoundRows> {
  return read(async (session) => {
    const found = await paymentRows(session, keys);
    const rows = new Map(found.map((row) => [nameOfRow(row), row]));
    return { rows, lacking: thorough ? await rowsLackingTerms(session, found.flatMap(readable)) : new Set<number>() };
  });
}

/** What cannot be read is told of elsewhere. */
function readable(row: Row): readonly StoredPayment[] {
  try {
    return [storedPayment(row)];
  } catch {
    return [];
  }
}

/** What differs is read from the log again: it may have been erased meanwhile. */
async function differingEventsOf(
  { source, read, catchUp }: VerifyReadsOptions,
  events: readonly RecordedEvent[],
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  const suspects = await read((session) => differingEvents(session, events));
  for (const { position, organizationId, paymentId } of suspects.keys()) {
    await catchUp();
    const { events: again } = await source.readAll({ direction: 'forward', from: position - 1, limit: 1 });
    for (const problem of (await read((session) => differingEvents(session, again))).values()) {
      differences.push({ organizationId, paymentId, problem });
    }
  }
  return differences;
}

async function problemOf(
  source: LogSource,
  row: Row | undefined,
  key: RecordedEvent,
  known: readonly RecordedEvent[],
): Promise<string | null> {
  if (row === undefined) return 'the read model does not have it';
  let stored: PaymentDocument;
  try {
    stored = documentOf(row);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const { version } = stored.payment;
  const folded = await foldTo(known.length >= version ? known : readLog(source, keyOf(key)), version);
  if (folded === null) return `the read model has version ${version}, which the log does not have`;
  const different = differingKeys(
    { ...folded.payment, position: folded.position },
    { ...stored.payment, position: stored.position },
  );
  if (different.length > 0) return `the read model differs from the fold of the log in ${different.join(', ')}`;
  const wrong = Object.entries(paymentRow(stored, key.position)).filter(([name, value]) => !isSame(row[name], value));
  if (wrong.length === 0) return null;
  return `the read model differs from its own document in ${wrong.map(([name]) => name).join(', ')}`;
}

/** PostgreSQL's driver hands out `bigint` as decimal text. */
function isSame(found: unknown, wanted: string | number | null): boolean {
  return found === wanted || (typeof wanted === 'number' && found === String(wanted));
}

function differingKeys(one: object, other: object): readonly string[] {
  return Object.keys({ ...one, ...other }).filter(
    (key) => canonicalJson(Reflect.get(one, key)) !== canonicalJson(Reflect.get(other, key)),
  );
}

/** The payment at that version; null where there is none. */
async function foldTo(
  events: AsyncIterable<RecordedEvent> | Iterable<RecordedEvent>,
  version: number,
): Promise<PaymentDocument | null> {
  let document: PaymentDocument | null = null;
  for await (const event of events) {
    document = followDocument(document, event);
    if (document.payment.version === version) return document;
  }
  return null;
}

function keyOf({ organizationId, paymentId }: PaymentKey): PaymentKey {
  return { organizationId, paymentId };
}

/** A row is numbered by the position of the payment's first event. */
async function rowsWithoutEvents(
  read: ReadTables,
  organization: string | null,
  last: number,
  expected: number,
): Promise<readonly Difference[]> {
  const [row = {}] = await read((session) =>
    session.all(
      tablesOf(session)
        .selectFrom('payments as p')
        .select(({ fn }) => fn.countAll().as('count'))
        .where('p.row', '<=', last)
        .$if(organization !== null, (some) => some.where('p.organization', '=', organization ?? ''))
        .compile(),
    ),
  );
  const count = integer(row, 'count');
  if (count === expected) return [];
  const problem = `the read model has ${count} payments, the log ${expected}`;
  return [{ organizationId: null, paymentId: null, problem }];
}
