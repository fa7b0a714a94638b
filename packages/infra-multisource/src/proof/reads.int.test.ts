// Reads while the relay lags: who brings a position sees at least that; many who ask the same at once cost one question.

import { figure, proofTimeoutMs, prove } from '@paystrata/test-servers';
import { everyPayment, systemClock, type Receipt, type WriteResult } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { PaymentSource } from '../ports/source.ts';
import { openPlace, type OpenPlace } from './testing/place.ts';
import { startProofServers, type ProofServers } from './testing/proof-place.ts';
import { caughtUp } from './testing/watch-sources.ts';

const PAIRS = figure(400, 100_000);
const LANES = 20;
const HELD_BACK_MS = 200;
const STAMPEDE = 1000;

let servers: ProofServers;

beforeAll(async () => {
  servers = await startProofServers(false);
});

afterAll(() => servers.stop());

const heldBack = (source: PaymentSource): PaymentSource => {
  const apply = source.apply.bind(source);
  source.apply = async (batch) => {
    await systemClock.sleep(HELD_BACK_MS);
    return apply(batch);
  };
  return source;
};

async function read({ strategy }: OpenPlace, { paymentId, position, version }: Receipt, round: number): Promise<void> {
  const context = { organizationId: acme, atLeast: position, timeoutMs: 10_000 };
  if (round % 4 !== 0) {
    const found = await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context);
    expect(known(found).payment.version).toBeGreaterThanOrEqual(version);
    return;
  }
  const page = await strategy.read.search(
    {
      ...{ type: 'SearchPayments', filter: everyPayment, limit: 100, cursor: null, page: null },
      sort: { by: 'updated', descending: true },
    },
    context,
  );
  const found = page.payments.find(({ payment }) => payment.id === paymentId);
  // With many lanes it may have moved off the first page, but not to an older state.
  if (found === undefined) expect(page.payments.length).toBe(100);
  else expect(found.payment.version).toBeGreaterThanOrEqual(version);
}

it(
  'with a position are never stale, the relay held back',
  async () => {
    const opened = await openPlace(await servers.place(), { background: true, wrap: heldBack });
    const work = async () => {
      let pairs = 0;
      const lane = async () => {
        let receipt: Receipt | null = null;
        while (pairs < PAIRS) {
          pairs += 1;
          const result: WriteResult = await (receipt === null || pairs % 3 === 0
            ? opened.send({ type: 'CreatePayment', amount: 100, currency: 'EUR' })
            : opened.send({ type: 'UpdatePayment', paymentId: receipt.paymentId, description: `change ${pairs}` }));
          if (!result.ok) throw new Error(result.rejection.message);
          receipt = result.receipt;
          await read(opened, receipt, pairs);
        }
      };
      await Promise.all(Array.from({ length: LANES }, lane));
      const by = new Map<string, number>();
      for (const { name, value, labels } of opened.strategy.measure()) {
        const { source } = labels;
        if (name === 'paystrata_source_answered_total' && source !== undefined) by.set(source, value);
      }
      const answered = [...by].map(([source, count]) => `${source} ${count}`).join(', ');
      return `${PAIRS} write–read pairs, the relay held back ${HELD_BACK_MS} ms: no stale answer (answered by: ${answered})`;
    };
    await prove({ part: 'read-your-writes', property: 'no stale answer with a position', store: 'PostgreSQL' }, work);
    await opened.stop();
  },
  proofTimeoutMs,
);

it(
  'of one cold key by a thousand at once cost one question',
  async () => {
    let questions = 0;
    const counted = (source: PaymentSource): PaymentSource => {
      const get = known(source.queries.get);
      const queries: PaymentSource['queries'] = {
        ...source.queries,
        get: async (query, context) => {
          questions += 1;
          return get(query, context);
        },
      };
      return Object.defineProperty(source, 'queries', { value: queries });
    };
    const opened = await openPlace(await servers.place(), { background: true, wrap: counted });
    const work = async () => {
      const created = await opened.send({ type: 'CreatePayment', amount: 100, currency: 'EUR' });
      if (!created.ok) throw new Error(created.rejection.message);
      await caughtUp(opened);
      const { paymentId } = created.receipt;
      const sqlReads = () =>
        opened.strategy
          .measure()
          .filter(({ name, labels }) => name === 'paystrata_source_calls_total' && labels['source'] === 'sql')
          .filter(({ labels }) => labels['side'] === 'read' && labels['operation'] === 'get')
          .reduce((sum, { value }) => sum + value, 0);
      const before = sqlReads() + questions;
      const context = { organizationId: acme, atLeast: null, timeoutMs: 5000 };
      const answers = await Promise.all(
        Array.from({ length: STAMPEDE }, () =>
          opened.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context),
        ),
      );
      expect(answers.every((answer) => answer?.payment.id === paymentId)).toBe(true);
      expect(sqlReads() + questions - before).toBe(1);
      return `${STAMPEDE} reads of a cold key at once: 1 load`;
    };
    await prove({ part: 'stampede', property: 'one load a process', store: 'PostgreSQL' }, work);
    await opened.stop();
  },
  proofTimeoutMs,
);
