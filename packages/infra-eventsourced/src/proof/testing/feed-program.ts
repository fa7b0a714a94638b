// A process that writes to many payments until it has written so many events, and says what was acknowledged. Its
// transactions take their time before they are committed, and some are rolled back: on PostgreSQL the proxy it goes
// through sees to that, on SQLite the program itself, at the statement that commits.

import { DatabaseSync } from 'node:sqlite';
import {
  parseCommandId,
  parseCurrency,
  paymentIdFor,
  PortFailure,
  systemClock,
  type WriteOrder,
} from '@paystrata/application';
import { money, parseSubjectId, type PaymentId } from '@paystrata/domain';
import { acme, known, openPatiently, type Place } from './place.ts';
import { programOptions } from './program.ts';
import { say } from './say.ts';
import { generator } from './random.ts';

export interface FeedOptions {
  readonly place: Place;
  readonly lanes: number;
  /** Of this process. */
  readonly events: number;
  /** At most so many payments are written to at once. */
  readonly batch: number;
  /** Stands in every event, so that a proxy knows the commits. */
  readonly actor: string;
  readonly seed: number;
  /** On SQLite: one of so many commits is held open, and one of so many rolled back; null: none. */
  readonly held: { readonly oneOf: number; readonly maxMs: number; readonly rolledBackOneOf: number } | null;
}

const options = programOptions<FeedOptions>();
const random = generator(options.seed);
const opened = await openPatiently(options.place);
if (options.held !== null) holdCommits(options.held);
const eur = known(parseCurrency('EUR'));
let left = options.events;
let commits = 0;
let rolledBack = 0;
say('started');
await Promise.all(Array.from({ length: options.lanes }, () => write()));
await opened.stop();
say(`done ${commits} ${rolledBack} commits, rolled back`);
process.stdin.destroy();

/** Batches of some payments, each created and changed a few times. */
async function write(): Promise<void> {
  while (left > 0) {
    const payments = Array.from({ length: 1 + random(options.batch) }, () => paymentIdFor(acme, null, opened.ids));
    left -= payments.length;
    await acknowledged(payments.map(creation));
    for (let change = random(3); change > 0; change--) {
      left -= payments.length;
      await acknowledged(payments.map((paymentId) => changing(paymentId, BigInt(change))));
    }
  }
}

/** Sends what is not answered yet again until all is, always with the same ids. */
async function acknowledged(orders: readonly WriteOrder[]): Promise<void> {
  for (let open = orders; open.length > 0;) {
    const results = await opened.strategy.write.executeBulk(open);
    const again: WriteOrder[] = [];
    for (const [index, result] of results.entries()) {
      if (result.ok) {
        for (const { eventId, position } of result.receipt.events) say(`${eventId} ${position}`);
      } else if ('failure' in result && result.failure instanceof PortFailure && result.failure.retryable) {
        again.push(known(open[index]));
      } else throw new Error('refused', { cause: result });
    }
    open = again;
  }
}

function creation(paymentId: PaymentId): WriteOrder {
  const command = {
    type: 'CreatePayment',
    now: systemClock.now(),
    paymentId,
    organizationId: acme,
    amount: money(10_000n, eur),
    maxAmount: 10n ** 12n,
    reference: null,
    userId: null,
    workflowId: null,
    resourceIds: [],
    subject: known(parseSubjectId(paymentId)),
    personal: { customer: null, description: null, metadata: {} },
    createdAt: null,
  } as const;
  return orderOf(paymentId, command);
}

function changing(paymentId: PaymentId, by: bigint): WriteOrder {
  const stated = { amount: 10_000n + by, currency: null };
  const now = systemClock.now();
  return orderOf(paymentId, { type: 'UpdatePayment', now, stated, maxAmount: 10n ** 12n, personal: {} });
}

function orderOf(paymentId: PaymentId, command: WriteOrder['command']): WriteOrder {
  return {
    organizationId: acme,
    paymentId,
    command,
    commandId: known(parseCommandId(opened.ids.next())),
    expectedVersion: null,
    actor: options.actor,
    userId: null,
    correlationId: 'feed',
    causationId: null,
    metadata: {},
  };
}

/** Stops this process inside of transactions, as a slow disk or a busy machine would, and lets some fail. */
function holdCommits({ oneOf, maxMs, rolledBackOneOf }: NonNullable<FeedOptions['held']>): void {
  const execute = DatabaseSync.prototype.exec;
  const still = new Int32Array(new SharedArrayBuffer(4));
  DatabaseSync.prototype.exec = function exec(this: DatabaseSync, sql: string): void {
    const { store } = options.place;
    if (sql !== 'commit' || store.kind !== 'sqlite' || this.location() !== store.path) return execute.call(this, sql);
    commits++;
    if (random(oneOf) === 0) Atomics.wait(still, 0, 0, random(maxMs + 1));
    if (random(rolledBackOneOf) !== 0) return execute.call(this, sql);
    rolledBack++;
    execute.call(this, 'rollback');
    throw Object.assign(new Error('disk I/O error'), { code: 'ERR_SQLITE_ERROR', errcode: 10 });
  };
}
