// The entity workflow: one a payment, from its creation on for ever. Its history is the record of the payment.

import {
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineQuery,
  defineUpdate,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import {
  EXECUTE_UPDATE,
  RECORD_QUERY,
  type OrderMessage,
  type Outcome,
  type PaymentInput,
  type PaymentRecord,
} from '../protocol/messages.ts';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';
import { carryOut } from './carry-out.ts';
import { EffectDesk } from './effect-desk.ts';
import { Outbox } from './outbox.ts';
import { PaymentStream } from './payment-stream.ts';
import { whatCameOf } from './what-came-of.ts';

const execute = defineUpdate<Wire<Outcome>, [Wire<OrderMessage>]>(EXECUTE_UPDATE);
const record = defineQuery<Wire<PaymentRecord>>(RECORD_QUERY);

/**
 * Takes commands as updates, calls the gateway, looks up what stays open, and hands its events to the projection. It
 * does not end by itself, and a request to cancel it is ignored: a payment is ended by its commands.
 */
export async function payment(wire: Wire<PaymentInput>): Promise<void> {
  const input = fromWire<PaymentInput>(wire);
  const stream = new PaymentStream(input.events);
  const desk = new EffectDesk(stream, input);
  const outbox = new Outbox(stream, input.projected, input);

  setHandler(record, () => toWire({ payment: stream.payment, events: stream.events, projected: outbox.projected }));
  setHandler(execute, (order) =>
    CancellationScope.nonCancellable(async () => toWire(await answer(fromWire<OrderMessage>(order), stream, desk))),
  );
  await CancellationScope.nonCancellable(async () => {
    desk.resume();
    void outbox.run(input);
    await condition(() => mayContinueAnew(stream, input) && allHandlersFinished() && !desk.busy);
    const { projected } = outbox;
    await continueAsNew<typeof payment>(toWire({ ...input, events: stream.events, projected }));
  });
}

async function answer(order: OrderMessage, stream: PaymentStream, desk: EffectDesk): Promise<Outcome> {
  const verdict = carryOut(order, stream);
  if (!verdict.recorded) return verdict.outcome;
  await desk.callFor(verdict.version);
  return whatCameOf(order.commandId, stream, order.callId, false);
}

/** Where the history grew long; and after an erasure, so that the run that goes on holds no personal data. */
function mayContinueAnew(stream: PaymentStream, { events }: PaymentInput): boolean {
  if (workflowInfo().continueAsNewSuggested) return true;
  return stream.events.slice(events.length).some(({ type }) => type === 'PersonalDataErased');
}
