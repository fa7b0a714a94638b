// For tests: given these steps, when this one follows, then see what was decided and what became of the payment.

import { instantOf, type Instant } from '../ids/instant.ts';
import type { PaymentCommand } from '../payment/commands.ts';
import type { Decision } from '../payment/decision.ts';
import { decide } from '../payment/decide.ts';
import type { PaymentEvent, PaymentEventType } from '../payment/events.ts';
import { evolveAll } from '../payment/evolve.ts';
import type { RejectionCode } from '../payment/rejections.ts';
import { initialState, type Payment, type PaymentState } from '../payment/state.ts';
import { known, start, type Step } from './steps.ts';

/** A decision in one word: the type of the one event, the code of the rejection, or that nothing had to change. */
export type Outcome = PaymentEventType | RejectionCode | 'nothing';

/** What happened when a step followed upon a history. */
export interface Then {
  readonly command: PaymentCommand;
  readonly decision: Decision;
  readonly outcome: Outcome;
  /** The new events, none where it was refused. */
  readonly events: readonly PaymentEvent[];
  readonly state: PaymentState;
}

/** The payment after all the steps. */
export interface Given {
  readonly events: readonly PaymentEvent[];
  readonly state: PaymentState;
  readonly payment: Payment;
  when(step: Step): Then;
}

/**
 * Takes the steps one after the other, a second apart.
 *
 * @throws Error where one of them is refused or changes nothing: then the test does not stand on what it says.
 */
export function given(...steps: readonly Step[]): Given {
  let state = initialState;
  const events: PaymentEvent[] = [];
  for (const step of steps) {
    const then = when(state, step);
    if (then.events.length === 0) throw new Error(`given step ${then.command.type} came to ${then.outcome}`);
    events.push(...then.events);
    state = then.state;
  }
  return {
    events,
    state,
    get payment() {
      return known(state);
    },
    when: (step) => when(state, step),
  };
}

/** One step upon a state, a second after its last event. */
export function when(state: PaymentState, step: Step): Then {
  const command = step(state, secondAfter(state));
  const decision = decide(command, state);
  const events = decision.accepted ? decision.events : [];
  return { command, decision, outcome: outcomeOf(decision), events, state: evolveAll(state, events) };
}

export function outcomeOf(decision: Decision): Outcome {
  if (!decision.accepted) return decision.rejection.code;
  const [event, another] = decision.events;
  if (another !== undefined) throw new Error('a decision has one event at most');
  return event?.type ?? 'nothing';
}

function secondAfter(state: PaymentState): Instant {
  return state === null ? start : instantOf(state.updatedAt + 1000);
}
