// Two refunds of 60.00 of a payment of 100.00 at the same time: one of them must be refused.

import pg from 'pg';
import { ledgerBalances } from '@paystrata/application';
import { at, installation, known, withOurs } from './ours.ts';
import type { RivalCase } from './rival-case.ts';

const PAYMENTS = 20;
const [CAPTURED, REFUND] = [10_000, 6000];

export const refundsOverTheCapture: RivalCase = {
  name: 'refunds over the capture',
  rival: 'the pattern: read the refunds, check their sum, insert (READ COMMITTED)',
  onRival: async ({ database }) => {
    const pool = new pg.Pool({ connectionString: await database(), max: 4 });
    try {
      await pool.query('create table refund (payment int not null, amount int not null)');
      let over = 0;
      for (let payment = 0; payment < PAYMENTS; payment++) {
        await Promise.all([refundAsOthersDo(pool, payment), refundAsOthersDo(pool, payment)]);
        if ((await refundedOf(pool, payment)) > CAPTURED) over++;
      }
      return { broken: over > 0, saw: `${over} of ${PAYMENTS} payments were refunded beyond what was captured` };
    } finally {
      await pool.end();
    }
  },
  onOurs: async ({ database }) => {
    const shared = installation(await database());
    return withOurs(shared, 2, async (processes) => {
      for (let payment = 0; payment < PAYMENTS; payment++) {
        const paymentId = await at(processes, 0).create();
        await at(processes, 0).send({ type: 'ProcessPayment', paymentId, method: 'test_approve' });
        const refund = (racer: number) =>
          at(processes, racer).send({ type: 'RefundPayment', paymentId, amount: REFUND });
        const results = await Promise.all([refund(0), refund(1)]);
        if (results.filter(({ ok }) => ok).length !== 1) return { broken: true, saw: 'not one winner' };
      }
      const left = known(ledgerBalances(await shared.ledger.entries()).get('acme/EUR'));
      const over = left !== BigInt(PAYMENTS * (CAPTURED - REFUND));
      return { broken: over, saw: `0 of ${PAYMENTS}; by the gateway's own books ${left} minor units are left` };
    });
  },
};

/** As in the threads: validated against what is there, then written, with nothing that holds the payment meanwhile. */
async function refundAsOthersDo(pool: pg.Pool, payment: number): Promise<void> {
  if ((await refundedOf(pool, payment)) + REFUND > CAPTURED) return;
  await pool.query('insert into refund (payment, amount) values ($1, $2)', [payment, REFUND]);
}

async function refundedOf(pool: pg.Pool, payment: number): Promise<number> {
  const query = 'select coalesce(sum(amount), 0)::int as sum from refund where payment = $1';
  const { rows } = await pool.query<{ sum: number }>(query, [payment]);
  return rows[0]?.sum ?? 0;
}
