// Commands without a pause, each sent until it is answered, and what was acknowledged of them.

import { PortFailure, type Receipt, type WriteOrder } from '@paystrata/application';
import type { CommandId } from '@paystrata/domain';
import { proofTimeoutMs, waitUntil } from '@paystrata/test-servers';
import type { TemporalStrategy } from '../strategy/temporal-strategy.ts';
import { createTestPayments } from './test-payments.ts';

interface Acknowledged {
  readonly receipt: Receipt;
  readonly commandIds: readonly CommandId[];
}

export interface Load {
  /** Of each payment the last receipt, and every command that was answered. */
  readonly acknowledged: ReadonlyMap<string, Acknowledged>;
  readonly payments: ReturnType<typeof createTestPayments>;
  /** Commands that were answered. */
  count(): number;
  /** Finishes what is under way. @throws what a lane failed with */
  stop(): Promise<void>;
}

export function startLoad(strategy: TemporalStrategy, lanes: number): Load {
  const payments = createTestPayments(strategy);
  const acknowledged = new Map<string, Acknowledged>();
  let [stopped, count] = [false, 0];
  const send = async (order: WriteOrder): Promise<Receipt> => {
    const receipt = await untilAnswered(() => payments.send(order));
    count++;
    const { commandIds = [] } = acknowledged.get(receipt.paymentId) ?? {};
    acknowledged.set(receipt.paymentId, { receipt, commandIds: [...commandIds, order.commandId] });
    return receipt;
  };
  const lane = async () => {
    while (!stopped) {
      const { paymentId } = await send(payments.creation());
      const processed = await send(payments.processing(paymentId));
      if (processed.payment.status === 'completed') await send(payments.refunding(paymentId, 100n));
    }
  };
  const running = Promise.all(Array.from({ length: lanes }, lane));
  // Whoever stops it is told; until then nobody listens.
  running.catch(() => undefined);
  return {
    acknowledged,
    payments,
    count: () => count,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

/** A lost answer is asked for again, by the same command id; any other failure ends it. */
async function untilAnswered(ask: () => Promise<Receipt>): Promise<Receipt> {
  let fatal: unknown = null;
  const attempt = async () => {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof PortFailure) || !error.retryable) fatal = error;
      throw error;
    }
  };
  const giveUp = () => {
    if (fatal !== null) throw new Error('a command failed for good', { cause: fatal });
  };
  return waitUntil('an answer', attempt, { timeoutMs: proofTimeoutMs, everyMs: 50, giveUp });
}
