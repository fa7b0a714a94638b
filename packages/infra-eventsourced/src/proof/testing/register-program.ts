// A process with some clients that do random things to the same few payments as all other clients, one after the other,
// and write down each call and each answer with its time. Ends when it is told to.

import { createInterface } from 'node:readline';
import { parseCommandId, paymentIdFor, PortFailure, systemClock, type PaymentId } from '@paystrata/application';
import {
  liveAttempt,
  money,
  parseCurrency,
  parseSubjectId,
  type PaymentCommand,
  type PaymentState,
} from '@paystrata/domain';
import { encode } from './encoding.ts';
import { acme, known, openPatiently, type Place } from './place.ts';
import { programOptions } from './program.ts';
import { say } from './say.ts';
import { generator } from './random.ts';
import { digest, type RegisterInput, type RegisterOutput } from './register-model.ts';

export interface RegisterOptions {
  readonly place: Place;
  readonly clients: number;
  readonly seed: number;
  /** So long the same payments are fought for, in milliseconds; then all clients turn to new ones. */
  readonly windowMs: number;
}

const CONTESTED = 4;
const eur = known(parseCurrency('EUR'));
const { place, clients, seed, windowMs } = programOptions<RegisterOptions>();
const opened = await openPatiently(place);
let stopping = false;
createInterface({ input: process.stdin }).once('line', () => (stopping = true));
say('started');
let operations = 0;
await Promise.all(Array.from({ length: clients }, (_, client) => act(seed * 1000 + client)));
await opened.stop();
process.stdin.destroy();

async function act(clientSeed: number): Promise<void> {
  const random = generator(clientSeed);
  while (!stopping) {
    const paymentId = contested(random);
    const seen = await run(paymentId, { kind: 'read' }, () => read(paymentId));
    if (stopping) return;
    const command = commandFor(paymentId, seen ?? null, random);
    const expectedVersion = seen !== undefined && seen !== null && random(3) === 0 ? seen.version : null;
    await run(paymentId, { kind: 'write', command, expectedVersion }, () => write(paymentId, command, expectedVersion));
  }
}

/** The same for all processes at the same time: the clock that never goes back is one for the whole machine. */
function contested(random: (below: number) => number): PaymentId {
  const window = process.hrtime.bigint() / BigInt(windowMs * 1_000_000);
  return paymentIdFor(acme, `${window}-${random(CONTESTED)}`, opened.ids);
}

/** Writes the call down, makes it, and writes its answer down; nothing, where it is not known what became of it. */
async function run(
  paymentId: PaymentId,
  input: RegisterInput,
  call: () => Promise<{ readonly output: RegisterOutput; readonly payment: PaymentState }>,
): Promise<PaymentState | undefined> {
  const operation = ++operations;
  say(`c ${operation} ${process.hrtime.bigint()} ${paymentId} ${encode(input)}`);
  try {
    const { output, payment } = await call();
    say(`a ${operation} ${process.hrtime.bigint()} ${encode(output)}`);
    return payment;
  } catch (error) {
    if (!(error instanceof PortFailure)) throw error;
    const output: RegisterOutput = { failed: error.code };
    if (error.code !== 'OUTCOME_UNKNOWN') say(`a ${operation} ${process.hrtime.bigint()} ${encode(output)}`);
    return undefined;
  }
}

async function read(paymentId: PaymentId) {
  const context = { organizationId: acme, atLeast: null, timeoutMs: 5000 };
  const document = await opened.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
  const payment = document?.payment ?? null;
  return { output: { saw: digest(payment) }, payment };
}

async function write(paymentId: PaymentId, command: PaymentCommand, expectedVersion: number | null) {
  const result = await opened.strategy.write.execute({
    organizationId: acme,
    paymentId,
    command,
    commandId: known(parseCommandId(opened.ids.next())),
    expectedVersion,
    actor: 'client',
    userId: null,
    correlationId: 'register',
    causationId: null,
    metadata: {},
  });
  if (!result.ok) return { output: { rejected: result.rejection.code }, payment: null };
  return { output: { saw: digest(result.receipt.payment) }, payment: result.receipt.payment };
}

/** What is likely to be allowed, and now and then something else. */
function commandFor(paymentId: PaymentId, seen: PaymentState, random: (below: number) => number): PaymentCommand {
  const now = systemClock.now();
  const stated = { amount: null, currency: null };
  const live = seen === null ? undefined : liveAttempt(seen);
  const refund = seen?.refunds.find(({ status }) => status === 'pending');
  const item = live
    ? ({ kind: 'attempt', id: live.id } as const)
    : refund && ({ kind: 'refund', id: refund.id } as const);
  const asked = live?.amount ?? refund?.amount;
  if (item !== undefined && asked !== undefined && random(4) !== 0) {
    const approved = { outcome: 'approved', amount: asked, gatewayReference: `g-${item.id}` } as const;
    const failure = { code: 'card_declined', declineCode: 'card_declined', retryable: true } as const;
    const answer = random(4) === 0 ? ({ outcome: 'declined', failure } as const) : approved;
    return { type: 'RecordGatewayAnswer', now, item, answer };
  }
  if (seen === null) return creation(paymentId, now);
  const refundable = { amount: BigInt(1 + random(Number(seen.amount.amount))), currency: null };
  if (seen.captured > 0n && random(4) !== 0) return { type: 'RefundPayment', now, stated: refundable, reason: null };
  const others: readonly PaymentCommand[] = [
    { type: 'ProcessPayment', now, method: 'test', stated },
    { type: 'ProcessPayment', now, method: 'test', stated },
    { type: 'UpdatePayment', now, stated: refundable, maxAmount: 10n ** 12n, personal: {} },
    { type: 'RefundPayment', now, stated, reason: null },
    creation(paymentId, now),
    random(6) === 0
      ? { type: 'DeletePayment', now, reason: null }
      : { type: 'ProcessPayment', now, method: 'test', stated },
    random(6) === 0
      ? { type: 'CancelPayment', now, reason: null }
      : { type: 'ProcessPayment', now, method: 'test', stated },
  ];
  return known(others[random(others.length)]);
}

function creation(paymentId: PaymentId, now: ReturnType<typeof systemClock.now>): PaymentCommand {
  return {
    type: 'CreatePayment',
    now,
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
  };
}
