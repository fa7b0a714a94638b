// A process that creates, processes and refunds payments until it is killed, and says what was acknowledged.

import { parseCommandId, parsePaymentId, PortFailure, systemClock, type WriteResult } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';
import { known, openPatiently, type Place } from './place.ts';
import { programOptions } from './program.ts';
import { say } from './say.ts';

export interface PayingOptions {
  readonly place: Place;
  readonly lanes: number;
  /** How far the clock of this process jumps back or forth with every reading, in milliseconds. */
  readonly jumpMs: number;
}

const { place, lanes, jumpMs } = programOptions<PayingOptions>();
let readings = 0;
const jump = () => [0, 1, -1][readings++ % 3] ?? 0;
const clock = { ...systemClock, now: () => instantOf(systemClock.now() + jump() * jumpMs) };
const opened = await openPatiently(place, clock);
say('started');
await Promise.all(Array.from({ length: lanes }, (_, lane) => pay(lane)));

async function pay(lane: number): Promise<never> {
  for (let round = lane; ; round++) {
    const paymentId = known(parsePaymentId(opened.ids.next()));
    const amount = 100 + (round % 900);
    await acknowledged({ newPaymentId: paymentId }, (context) =>
      opened.send({ type: 'CreatePayment', amount, currency: 'EUR' }, context),
    );
    await acknowledged({}, (context) =>
      opened.send({ type: 'ProcessPayment', paymentId, method: 'test_approve' }, context),
    );
    if (round % 3 === 0) {
      await acknowledged({}, (context) =>
        opened.send({ type: 'RefundPayment', paymentId, amount: amount / 2 > 1 ? Math.floor(amount / 2) : 1 }, context),
      );
    }
  }
}

/** Sends until it is answered, always with the same id; then says so before anything else happens. */
async function acknowledged<Given extends object>(
  given: Given,
  send: (
    context: Given & { readonly commandId: NonNullable<ReturnType<typeof parseCommandId>> },
  ) => Promise<WriteResult>,
): Promise<void> {
  const context = { ...given, commandId: known(parseCommandId(opened.ids.next())) };
  for (;;) {
    try {
      const result = await send(context);
      // An answer that was lost leaves the payment processing: then it cannot be refunded yet.
      if (result.ok) for (const { eventId, position } of result.receipt.events) say(`${eventId} ${position}`);
      return;
    } catch (error) {
      if (!(error instanceof PortFailure) || !error.retryable) throw error;
      await systemClock.sleep(20);
    }
  }
}
