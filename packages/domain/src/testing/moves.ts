// For tests: random lives of a payment. A move is a few numbers; what it asks for depends on the state it meets.

import fc from 'fast-check';
import { instantOf, type Instant } from '../ids/instant.ts';
import { money } from '../money/money.ts';
import type { PaymentCommand } from '../payment/commands.ts';
import type { Decision } from '../payment/decision.ts';
import { decide } from '../payment/decide.ts';
import type { PaymentEvent } from '../payment/events.ts';
import { evolveAll } from '../payment/evolve.ts';
import { initialState, isOpen, refundable, type Attempt, type PaymentState, type Refund } from '../payment/state.ts';
import { deepFreeze } from './deep-freeze.ts';
import {
  approve,
  cancel,
  create,
  decline,
  erase,
  EUR,
  importSettled,
  JPY,
  notFound,
  process,
  refund,
  remove,
  settle,
  start,
  unknown,
  update,
  type ItemName,
  type Step,
} from './steps.ts';

/** How often each kind of move is made: what ends a life is rare, so that lives get long. */
const weights = {
  create: 1,
  import: 1,
  metadata: 2,
  description: 4,
  amount: 2,
  process: 16,
  approve: 10,
  wrongAmount: 2,
  decline: 11,
  unknown: 5,
  notFound: 3,
  approveLate: 8,
  answerAnything: 4,
  cancel: 2,
  refundPart: 14,
  refundAll: 3,
  refundWrong: 3,
  settleCompleted: 6,
  settleFailed: 3,
  remove: 2,
  erase: 1,
} as const;

export interface Move {
  readonly kind: keyof typeof weights;
  /** 0 to 99: which of several, or how many hundredths. */
  readonly dice: number;
  /** Milliseconds since the last event; negative where the clock went back. */
  readonly wait: number;
}

const kinds = Object.keys(weights) as Move['kind'][];
/** Those that make a difference to what is decided. */
const waits = [-3_600_000, 0, 1000, 20 * 60_000, 73 * 3_600_000];

const movesBy = (by: Record<Move['kind'], number>): fc.Arbitrary<Move[]> => {
  const move = fc.record({
    kind: fc.oneof(...kinds.map((kind) => ({ weight: by[kind], arbitrary: fc.constant(kind) }))),
    dice: fc.nat({ max: 99 }),
    wait: fc.constantFrom(...waits),
  });
  return fc.array(move, { maxLength: 80, size: 'max' });
};

/** Half of them get the money soon and pay it back; half have trouble to get it. */
export const moves: fc.Arbitrary<Move[]> = fc.oneof(
  movesBy(weights),
  movesBy({ ...weights, process: 24, approve: 1, wrongAmount: 1, decline: 12, approveLate: 20, settleFailed: 16 }),
);

/** Whole lives. Most begin with a payment, so that most moves find one. */
export const lives: fc.Arbitrary<Move[]> = fc
  .tuple(fc.constantFrom<Move['kind'][]>('create', 'create', 'create', 'import', 'process'), moves)
  .map(([kind, rest]) => [{ kind, dice: 99, wait: 0 }, ...rest]);

/** One command of a life, and what came of it. */
export interface Turn {
  readonly command: PaymentCommand;
  readonly before: PaymentState;
  readonly decision: Decision;
  readonly events: readonly PaymentEvent[];
  readonly after: PaymentState;
}

/** Plays the moves one after the other; whatever a turn was given is frozen. */
export function live(moves: readonly Move[], from: PaymentState = initialState): readonly Turn[] {
  const turns: Turn[] = [];
  let before = deepFreeze(from);
  for (const move of moves) {
    const command = deepFreeze(stepOf(move, before)(before, momentOf(before, move.wait)));
    const decision = deepFreeze(decide(command, before));
    const events = decision.accepted ? decision.events : [];
    const after = deepFreeze(evolveAll(before, events));
    turns.push({ command, before, decision, events, after });
    before = after;
  }
  return turns;
}

export function eventsOf(turns: readonly Turn[]): readonly PaymentEvent[] {
  return turns.flatMap(({ events }) => events);
}

function momentOf(state: PaymentState, wait: number): Instant {
  return instantOf((state?.updatedAt ?? start) + wait);
}

function stepOf({ kind, dice }: Move, state: PaymentState): Step {
  const item = openItem(state, dice);
  switch (kind) {
    case 'create':
      return create({ amount: money(BigInt(dice) + 1n, EUR) });
    case 'import':
      return importSettled({ amount: money(BigInt(dice), EUR) });
    case 'metadata':
      return update({ metadata: { [`key-${dice % 3}`]: dice % 5 === 0 ? null : `value ${dice}` } });
    case 'description':
      return update({ description: `text ${dice}`, customer: { name: 'A. Person' } });
    case 'amount':
      return update({}, BigInt(dice));
    case 'process':
      return process(dice % 10 === 0 ? BigInt(dice) : null);
    case 'approve':
      return approve(item);
    case 'wrongAmount':
      return approve(item, money(BigInt(dice) - 20n, dice % 20 === 0 ? JPY : EUR));
    case 'decline':
      return decline(item);
    case 'unknown':
      return unknown(item);
    case 'notFound':
      return notFound(item);
    case 'approveLate':
      return approve(failedItem(state, dice));
    case 'answerAnything':
      return [approve, decline, unknown, notFound][dice % 4]?.(anyItem(dice)) ?? approve(item);
    case 'cancel':
      return cancel(`reason ${dice}`);
    case 'refundPart':
      return refund((refundableOf(state) * BigInt(dice)) / 120n + 1n);
    case 'refundAll':
      return refund();
    case 'refundWrong':
      return refund([0n, -BigInt(dice), refundableOf(state) + 1n + BigInt(dice), JPY][dice % 4] ?? 0n);
    case 'settleCompleted':
      return settle('completed', dice % 2 === 0 ? null : item);
    case 'settleFailed':
      return settle('failed', dice % 2 === 0 ? null : item);
    case 'remove':
      return remove();
    case 'erase':
      return erase();
  }
}

function openItem(state: PaymentState, dice: number): ItemName {
  return oneOf(itemsOf(state).filter(isOpen), dice);
}

function failedItem(state: PaymentState, dice: number): ItemName {
  return oneOf(
    itemsOf(state).filter(({ status }) => status === 'failed'),
    dice,
  );
}

function itemsOf(state: PaymentState): readonly (Attempt | Refund)[] {
  return state === null ? [] : [...state.attempts, ...state.refunds];
}

/** The latest attempt where there is none of the kind. */
function oneOf(items: readonly (Attempt | Refund)[], dice: number): ItemName {
  return (items[dice % Math.max(items.length, 1)]?.id as ItemName | undefined) ?? 'attempt';
}

function anyItem(dice: number): ItemName {
  const number = (dice % 5) + 1;
  return dice < 50 ? `a${number}` : `r${number}`;
}

function refundableOf(state: PaymentState): bigint {
  return state === null ? 0n : refundable(state);
}
