// Lanes that create, change, cancel, delete and erase payments until they are stopped.

import { systemClock, type Receipt, type WriteResult } from '@paystrata/application';
import type { OpenPlace } from './place.ts';

export interface Writers {
  readonly acknowledged: number;
  /** What was acknowledged last of each payment. */
  readonly receipts: ReadonlyMap<string, Receipt>;
  /** What writes failed with; there should be nothing. */
  readonly failures: readonly unknown[];
  stop(): Promise<void>;
}

/** @param pauseMs between two commands of a lane */
export function startWriters({ send }: OpenPlace, lanes: number, pauseMs: number): Writers {
  const receipts = new Map<string, Receipt>();
  const failures: unknown[] = [];
  const stopping = new AbortController();
  let acknowledged = 0;
  const done = async (result: Promise<WriteResult>): Promise<Receipt | null> => {
    try {
      const answer = await result;
      if (!answer.ok) return null;
      acknowledged += 1;
      receipts.set(answer.receipt.paymentId, answer.receipt);
      return answer.receipt;
    } catch (error) {
      failures.push(error);
      return null;
    } finally {
      await systemClock.sleep(pauseMs);
    }
  };
  const lane = async (number: number): Promise<void> => {
    for (let round = number; !stopping.signal.aborted; round += lanes) {
      // Lanes and processes share their customers: one erases what another is about to change.
      const customer = { id: `customer-${number % 3}`, name: `Ada ${round}` };
      const created = await done(
        send({
          type: 'CreatePayment',
          amount: 100 + (round % 900),
          currency: 'EUR',
          customer,
          description: `bill ${round}`,
        }),
      );
      if (created === null) continue;
      const { paymentId } = created;
      for (let change = 0; change < round % 4; change += 1) {
        await done(send({ type: 'UpdatePayment', paymentId, description: `bill ${round}, changed ${change}` }));
      }
      if (round % 7 === 0) await done(send({ type: 'CancelPayment', paymentId }));
      if (round % 11 === 0) await done(send({ type: 'DeletePayment', paymentId }));
      if (round % 13 === 0) await done(send({ type: 'ErasePersonalData', paymentId }));
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  return {
    get acknowledged() {
      return acknowledged;
    },
    receipts,
    failures,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
}
