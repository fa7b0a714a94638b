// The entity workflow: one a payment, from its creation on. Its history is the record of the payment, until the payment
// is deleted and the archive has it.

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
  ADOPT_UPDATE,
  EXECUTE_UPDATE,
  RECORD_QUERY,
  stateOf,
  type AdoptionOutcome,
  type OrderMessage,
  type Outcome,
  type PaymentInput,
  type PaymentRecord,
  type WorkflowEvent,
} from '../protocol/messages.ts';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';
import { adopt } from './adopt.ts';
import { carryOut } from './carry-out.ts';
import { EffectDesk } from './effect-desk.ts';
import { Gathering } from './gathering.ts';
import { Outbox } from './outbox.ts';
import { PaymentStream } from './payment-stream.ts';
import { showState } from './search-attributes.ts';
import { whatCameOf } from './what-came-of.ts';

const execute = defineUpdate<Wire<Outcome>, [Wire<OrderMessage>]>(EXECUTE_UPDATE);
const adoption = defineUpdate<Wire<AdoptionOutcome>, [Wire<readonly WorkflowEvent[]>]>(ADOPT_UPDATE);
const record = defineQuery<Wire<PaymentRecord>>(RECORD_QUERY);

/**
 * Takes commands as updates, calls the gateway, looks up what stays open, and hands its events to the projection. It
 * ends once the payment is deleted and archived; a request to cancel it is ignored: a payment is ended by its commands.
 */
export async function payment(wire: Wire<PaymentInput>): Promise<void> {
  const input = fromWire<PaymentInput>(wire);
  const stream = new PaymentStream(input.events);
  const desk = new EffectDesk(stream, input);
  const gathering = new Gathering(input.gatherMs ?? 0);
  const outbox = new Outbox(stream, input.projected, gathering, input);

  setHandler(record, () => toWire({ payment: stream.payment, events: stream.events, projected: outbox.projected }));
  setHandler(execute, (order) =>
    CancellationScope.nonCancellable(async () =>
      toWire(await answer(fromWire<OrderMessage>(order), stream, desk, gathering)),
    ),
  );
  setHandler(adoption, (given) => {
    const outcome = adopt(fromWire<readonly WorkflowEvent[]>(given), stream);
    if (outcome.kind === 'adopted' && outcome.adopted > 0) {
      outbox.leaveToOthers();
      desk.resume();
    }
    return toWire(outcome);
  });
  await CancellationScope.nonCancellable(async () => {
    desk.resume();
    void outbox.run(input);
    if (input.searchable === true) void showState(stream, gathering, input.shown ?? stateOf(stream.payment));
    const isOver = () => input.archives === true && outbox.holdsAll() && isEnded(stream, desk);
    const isIdle = () => allHandlersFinished() && !desk.busy;
    for (;;) {
      await condition(() => (isOver() || mayContinueAnew(stream, input)) && isIdle());
      if (!isOver()) break;
      const archived = await outbox.archive(input);
      if (archived === stream.version && isIdle()) return;
    }
    const { projected } = outbox;
    await continueAsNew<typeof payment>(toWire({ ...input, events: stream.events, projected, shown: null }));
  });
}

async function answer(
  order: OrderMessage,
  stream: PaymentStream,
  desk: EffectDesk,
  gathering: Gathering,
): Promise<Outcome> {
  const verdict = carryOut(order, stream);
  if (!verdict.recorded) return verdict.outcome;
  const called = desk.callFor(verdict.version);
  if (order.wait !== false) {
    if (desk.busy) void gathering.until(called);
    await called;
  }
  return whatCameOf(order.commandId, stream, order.callId, false);
}

/** Nothing can happen to a deleted payment any more, but that it is erased or a late answer comes. */
function isEnded({ payment: state }: PaymentStream, desk: EffectDesk): boolean {
  return state?.status === 'deleted' && !desk.waits;
}

/** Where the history grew long; and after an erasure, so that the run that goes on holds no personal data. */
function mayContinueAnew(stream: PaymentStream, { events }: PaymentInput): boolean {
  if (workflowInfo().continueAsNewSuggested) return true;
  return stream.events.slice(events.length).some(({ type }) => type === 'PersonalDataErased');
}
