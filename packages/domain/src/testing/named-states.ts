// For tests: every kind of state a payment can be in, each by the steps that lead there.

import { PARK_AFTER_MS } from '../payment/due-effects.ts';
import type { PaymentState } from '../payment/state.ts';
import { given } from './given.ts';
import {
  approve,
  cancel,
  create,
  decline,
  importSettled,
  process,
  refund,
  remove,
  unknown,
  waiting,
  type ItemName,
  type Step,
} from './steps.ts';

const stillUnknown = (item: ItemName) => waiting(PARK_AFTER_MS, unknown(item));
const declined = [create(), process(), decline('a1')];
const captured = [create(), process(), approve('a1')];

/** "Late" is an approval of what was already taken as failed: parked for a person. */
const histories = {
  none: [],
  pending: [create()],
  processing: [create(), process()],
  'processing, parked': [create(), process(), stillUnknown('a1')],
  'processing again, late': [...declined, process(), approve('a1')],
  completed: captured,
  imported: [importSettled()],
  'completed, another late': [...declined, process(), approve('a2'), approve('a1')],
  failed: declined,
  'failed, late': [...declined, approve('a1')],
  cancelled: [create(), cancel()],
  'cancelled, late': [...declined, cancel(), approve('a1')],
  'refund pending': [...captured, refund(40n)],
  'refund of all pending': [...captured, refund()],
  'refund failed': [...captured, refund(40n), decline('r1')],
  'refund parked': [...captured, refund(40n), stillUnknown('r1')],
  'refund late': [...captured, refund(40n), decline('r1'), approve('r1')],
  'partially refunded': [...captured, refund(40n), approve('r1')],
  refunded: [...captured, refund(), approve('r1')],
  deleted: [create(), remove()],
  'deleted, late': [...declined, remove(), approve('a1')],
} satisfies Record<string, readonly Step[]>;

export type StateName = keyof typeof histories;

export const stateNames: readonly StateName[] = Object.keys(histories) as StateName[];

export function stateOf(name: StateName): PaymentState {
  return given(...histories[name]).state;
}
