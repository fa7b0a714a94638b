// Properties of every life a payment can have: whatever is asked of it, in whatever order.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventsOf, live, lives, type Turn } from '../testing/moves.ts';
import { known } from '../testing/steps.ts';
import { decide } from './decide.ts';
import { dueEffects } from './due-effects.ts';
import { paymentEventTypes, type PaymentEvent } from './events.ts';
import { evolveAll } from './evolve.ts';
import { initialState, isOpen, paymentStatuses, refundable, type Payment, type PaymentStatus } from './state.ts';

/** Holds the check against the turns of many lives. */
function everyLife(check: (turns: readonly Turn[]) => void): void {
  fc.assert(
    fc.property(lives, (life) => {
      check(live(life));
    }),
    { numRuns: 500 },
  );
}

/** Holds the check against every state that many lives pass through. */
function everyState(check: (payment: Payment, turn: Turn) => void): void {
  everyLife((turns) => {
    for (const turn of turns) if (turn.after !== null) check(turn.after, turn);
  });
}

/** The status before and those that may follow; a status may always stay. */
const transitions: Record<PaymentStatus | 'none', readonly PaymentStatus[]> = {
  none: ['pending', 'completed'],
  pending: ['processing', 'cancelled', 'deleted', 'completed'],
  processing: ['completed', 'failed'],
  failed: ['pending', 'processing', 'cancelled', 'deleted', 'completed'],
  cancelled: ['deleted', 'completed'],
  completed: ['partially_refunded', 'refunded'],
  partially_refunded: ['refunded'],
  refunded: [],
  deleted: [],
};

it('comes by every event, every reason to park and every transition', () => {
  const seen = new Set<string>();
  for (const life of fc.sample(lives, 2500)) {
    for (const { before, events, after } of live(life)) {
      for (const event of events) {
        seen.add(event.type);
        if (event.type === 'PaymentParked') seen.add(`${event.data.reason} of ${event.data.item.kind}`);
        if (event.type === 'PaymentSettled') {
          const { outcome, item } = event.data;
          seen.add(`${outcome} ${item.kind}`);
          if (before?.status === 'processing' && before.attempts.at(-1)?.id !== item.id) seen.add(`${outcome} beside`);
        }
      }
      if (after !== null && before?.status !== after.status) seen.add(`${before?.status ?? 'none'} > ${after.status}`);
    }
  }
  const expected = [
    ...paymentEventTypes,
    ...['unknown_outcome', 'amount_mismatch', 'late_approval'].flatMap((reason) => [
      `${reason} of attempt`,
      `${reason} of refund`,
    ]),
    'failed beside',
    ...['completed', 'failed'].flatMap((outcome) => [`${outcome} attempt`, `${outcome} refund`]),
    ...Object.entries(transitions).flatMap(([from, to]) => to.map((status) => `${from} > ${status}`)),
  ];
  expect(Object.keys(transitions)).toEqual(expect.arrayContaining([...paymentStatuses]));
  expect(expected.filter((name) => !seen.has(name))).toEqual([]);
});

describe('money', () => {
  it('never goes back in larger sum than it was captured, refunds that are open included', () => {
    everyState((payment) => {
      const returned = sum(payment.refunds.filter(({ status }) => status === 'succeeded'));
      const reserved = sum(payment.refunds.filter(({ status }) => status === 'pending'));
      expect(payment.refunded).toBe(returned);
      expect(returned + reserved).toBeLessThanOrEqual(payment.captured);
      expect(refundable(payment)).toBeGreaterThanOrEqual(0n);
      expect(payment.status === 'refunded').toBe(payment.captured > 0n && returned === payment.captured);
    });
  });

  it('is captured once and then stays captured', () => {
    everyState((payment, { before }) => {
      if (before !== null && before.captured > 0n) expect(payment.captured).toBe(before.captured);
      expect(payment.captured).toBeGreaterThanOrEqual(0n);
      expect(payment.attempts.filter(({ status }) => status === 'succeeded').length).toBeLessThanOrEqual(1);
      expect(['completed', 'partially_refunded', 'refunded'].includes(payment.status)).toBe(payment.captured > 0n);
    });
  });

  it('is asked for by one attempt at a time, and under keys that are never used twice', () => {
    everyState((payment) => {
      expect(payment.attempts.filter(({ status }) => status === 'pending').length).toBeLessThanOrEqual(1);
      const latest = payment.attempts.at(-1);
      const underway = latest !== undefined && isOpen(latest) && latest.parked?.reason !== 'late_approval';
      expect(payment.status === 'processing').toBe(underway);
      const keys = [...payment.attempts, ...payment.refunds].map(({ gatewayKey }) => gatewayKey);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('is due to be moved for what is open and not parked, refunds under the key of the charge', () => {
    everyState((payment) => {
      const items = [...payment.attempts, ...payment.refunds];
      const charged = payment.attempts.find(({ status }) => status === 'succeeded')?.gatewayKey ?? null;
      const effects = dueEffects(payment);
      expect(effects.map(({ gatewayKey }) => gatewayKey)).toEqual(
        items.filter(({ status }) => status === 'pending').map(({ gatewayKey }) => gatewayKey),
      );
      for (const effect of effects) expect(effect.chargeKey).toBe(effect.kind === 'refund' ? charged : null);
    });
  });
});

describe('the log', () => {
  it('folds to the state that was decided upon', () => {
    everyLife((turns) => {
      const events = eventsOf(turns);
      const last = turns.at(-1)?.after ?? initialState;
      expect(evolveAll(initialState, events)).toEqual(last);
      expect(last?.version ?? 0).toBe(events.length);
    });
  });

  it('never runs backwards in time, even where the clock does', () => {
    everyState((payment, { before, command, events }) => {
      for (const { at } of events) expect(at).toBe(Math.max(command.now, before?.updatedAt ?? command.now));
      expect(payment.updatedAt).toBeGreaterThanOrEqual(before?.updatedAt ?? payment.updatedAt);
    });
  });

  it('grows with every event, and by the same after the personal data was erased from it', () => {
    everyLife((turns) => {
      for (const { before, events, after } of turns) {
        if (events.length > 0) expect(after?.size).toBeGreaterThan(before?.size ?? 0);
      }
      const last = turns.at(-1)?.after ?? initialState;
      const erased = evolveAll(initialState, eventsOf(turns).map(withoutPersonalData));
      if (last !== null) expect({ ...erased, personal: null }).toEqual({ ...last, personal: null });
    });
  });
});

describe('a decision', () => {
  it('changes the status only along the life cycle', () => {
    everyState((payment, { before }) => {
      const from = before?.status ?? 'none';
      if (payment.status !== from) expect(transitions[from]).toContain(payment.status);
    });
  });

  it('is the same for the same command and state, and writes to neither', () => {
    everyLife((turns) => {
      for (const { command, before, decision } of turns) expect(decide(command, before)).toEqual(decision);
    });
  });

  it('upon an answer changes nothing when the answer is repeated, at once or at the end', () => {
    everyLife((turns) => {
      const last = turns.at(-1)?.after ?? initialState;
      for (const { command, events, after } of turns) {
        if (command.type !== 'RecordGatewayAnswer' || events.length === 0) continue;
        expect(decide(command, after)).toEqual({ accepted: true, events: [] });
        if (command.answer.outcome === 'approved') expect(decide(command, last)).not.toHaveProperty('events.0');
      }
    });
  });

  it('records every answer about what the payment knows, unless it contradicts money that moved', () => {
    everyLife((turns) => {
      for (const { command, before, decision } of turns) {
        if (command.type !== 'RecordGatewayAnswer' || before === null || decision.accepted) continue;
        const item = [...before.attempts, ...before.refunds].find(({ id }) => id === command.item.id);
        if (decision.rejection.code === 'item_unknown') expect(item).toBeUndefined();
        else expect([decision.rejection.code, known(item).status]).toEqual(['answer_conflict', 'succeeded']);
      }
    });
  });
});

function sum(refunds: readonly Payment['refunds'][number][]): bigint {
  return refunds.reduce((total, { amount }) => total + amount.amount, 0n);
}

function withoutPersonalData(event: PaymentEvent): PaymentEvent {
  switch (event.type) {
    case 'PaymentCreated':
    case 'PaymentImported':
      return { ...event, data: { ...event.data, personal: null } };
    case 'PaymentUpdated':
      return { ...event, data: { ...event.data, personal: null } };
    default:
      return event;
  }
}
