// Which payments an erasure has looked up: all that may have personal data in a source, and none of them twice.
import {
  commandContext,
  createCommandBus,
  createEffectRunner,
  createSandboxGateway,
  createUuidV7Ids,
  silentLogger,
  systemClock,
  type PaymentId,
  type RecordedEvent,
} from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { createMemoryCqsStrategy } from '@paystrata/infra-inmemory';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DocumentBuilder } from './document-builder.ts';

const clock = systemClock;
const ids = createUuidV7Ids(clock);
const strategy = createMemoryCqsStrategy({ clock, ids });
const effects = createEffectRunner({ strategy, gateway: createSandboxGateway(), clock, logger: silentLogger });
const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
const context = () => commandContext({ organizationId: acme }, ids);

/** After which positions the payments of the subject were asked for. */
let asked: number[];
let builder: DocumentBuilder;

async function create(id: string): Promise<PaymentId> {
  const order = { type: 'CreatePayment', amount: 100, currency: 'EUR', customer: { id, name: 'Ada' } } as const;
  const result = await commands.execute(order, context());
  if (!result.ok) throw new Error(result.rejection.message);
  return result.receipt.paymentId;
}

async function log(): Promise<readonly RecordedEvent[]> {
  return (await strategy.log.readAll({ direction: 'forward', from: null, limit: 1000 })).events;
}

beforeEach(async () => {
  await strategy.start();
  asked = [];
  builder = new DocumentBuilder({
    document: async ({ paymentId }) =>
      strategy.read.get(
        { type: 'GetPayment', paymentId, asOf: null },
        { organizationId: acme, atLeast: null, timeoutMs: 0 },
      ),
    ofSubject: async (_organizationId, subject, after) => {
      asked.push(after);
      const events = await log();
      const begun = events.filter(({ type, data }) => type === 'PaymentCreated' && data.subject === subject);
      const mine = begun.filter(({ paymentId }) =>
        events.some((event) => event.paymentId === paymentId && event.position > after),
      );
      return { keys: mine, position: known(events.at(-1)).position };
    },
  });
});

afterEach(() => strategy.stop());

it('an erasure of many payments sweeps once, and later only what came since', async () => {
  const own = [await create('ada'), await create('ada'), await create('ada')];
  const stranger = await create('bob');
  await commands.execute({ type: 'ErasePersonalData', paymentId: known(own[0]) }, context());
  const events = await log();
  const idsOf = ({ documents }: { readonly documents: readonly { readonly paymentId: PaymentId }[] }) =>
    documents.map(({ paymentId }) => paymentId).toSorted();

  const first = await builder.build(events.slice(0, 5), new Map());
  expect(idsOf(first)).toEqual([...own, stranger].toSorted());
  expect(asked).toEqual([0]);
  expect(idsOf(await builder.build(events.slice(5), first.swept))).toEqual(own.slice(1).toSorted());
  expect(asked).toEqual([0]);

  const late = await create('ada');
  await commands.execute({ type: 'ErasePersonalData', paymentId: late }, context());
  const second = await builder.build((await log()).slice(events.length), first.swept);
  expect(asked).toEqual([0, events.length]);
  expect(idsOf(second)).toEqual([late]);
  expect(known(second.documents[0]).document.payment.personal.customer).toBeNull();
});

it('what no source is known to have is swept again', async () => {
  const own = [await create('ada'), await create('ada')];
  await commands.execute({ type: 'ErasePersonalData', paymentId: known(own[0]) }, context());
  const erasure = (await log()).slice(2, 3);
  await builder.build(erasure, new Map());
  const { documents } = await builder.build(erasure, new Map());
  expect(documents).toHaveLength(2);
  expect(asked).toEqual([0, 0]);
});
