// A process that races: told what to do by a line on its input, it does it so many times at once and says how many of
// them succeeded.

import { createInterface } from 'node:readline';
import { parsePaymentId, PortFailure, type WriteResult } from '@paystrata/application';
import { known, openPatiently, type Place } from './place.ts';
import { programOptions } from './program.ts';
import { say } from './say.ts';

/** What to race for: the reference of a new payment, or the id of one that is there. */
export interface Race {
  readonly kind: 'create' | 'process' | 'refund' | 'delete';
  readonly on: string;
  readonly racers: number;
}

const { place } = programOptions<{ readonly place: Place }>();
const opened = await openPatiently(place);
createInterface({ input: process.stdin }).on('line', (line) => void race(JSON.parse(line) as Race));
say('started');

async function race({ kind, on, racers }: Race): Promise<void> {
  const won = await Promise.all(Array.from({ length: racers }, () => wins(kind, on)));
  say(`${won.filter(Boolean).length}`);
}

/** A lost race that is told as a failure is lost all the same; every other failure ends this program. */
async function wins(kind: Race['kind'], on: string): Promise<boolean> {
  try {
    const result = await send(kind, on);
    return result.ok && !result.receipt.replayed && result.receipt.events.length > 0;
  } catch (error) {
    if (!(error instanceof PortFailure) || error.code !== 'WRONG_EXPECTED_VERSION') throw error;
    return false;
  }
}

function send(kind: Race['kind'], on: string): Promise<WriteResult> {
  if (kind === 'create') return opened.send({ type: 'CreatePayment', amount: 10_000, currency: 'EUR', reference: on });
  const paymentId = known(parsePaymentId(on));
  switch (kind) {
    case 'process':
      return opened.send({ type: 'ProcessPayment', paymentId, method: 'test_approve' });
    case 'refund':
      return opened.send({ type: 'RefundPayment', paymentId, amount: 6000 });
    case 'delete':
      return opened.send({ type: 'DeletePayment', paymentId });
  }
}
