// Whatever comes to decide, in whatever state: it answers, in its own words, and never throws.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { outcomeOf } from '../testing/given.ts';
import { stateNames, stateOf } from '../testing/named-states.ts';
import { EUR, JPY, start, terms } from '../testing/steps.ts';
import { attemptIdOf, refundIdOf } from '../ids/ids.ts';
import { instantOf } from '../ids/instant.ts';
import type { PaymentCommand, PaymentCommandType, StatedAmount } from './commands.ts';
import { decide } from './decide.ts';
import { paymentEventTypes, type Item } from './events.ts';
import { evolveAll } from './evolve.ts';
import { failureCodes, type GatewayAnswer } from './gateway-answer.ts';
import { rejectionCodes } from './rejections.ts';
import { refundable } from './state.ts';

const orNull = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { nil: null });

const now = fc.integer({ min: -1e12, max: 1e12 }).map((by) => instantOf(start + by));
const text = fc.string({ unit: 'binary', maxLength: 600 });
const currency = fc.constantFrom(EUR, JPY);
const minorUnits = fc.oneof(fc.bigInt(-150n, 150n), fc.bigInt());
const amount = fc.record({ amount: minorUnits, currency });
const stated: fc.Arbitrary<StatedAmount> = fc.record({ amount: orNull(minorUnits), currency: orNull(currency) });
const ordinal = fc.integer({ min: 1, max: 12 });
const item: fc.Arbitrary<Item> = fc.oneof(
  ordinal.map((each): Item => ({ kind: 'attempt', id: attemptIdOf(each) })),
  ordinal.map((each): Item => ({ kind: 'refund', id: refundIdOf(each) })),
);
const customer = fc.record({ name: orNull(text), email: orNull(text) });
const metadata = fc.dictionary(fc.string({ maxLength: 45 }), text, { maxKeys: 55 });
const failure = fc.record({
  code: fc.constantFrom(...failureCodes),
  declineCode: orNull(text),
  retryable: fc.boolean(),
});
const answer: fc.Arbitrary<GatewayAnswer> = fc.oneof(
  fc.record({ outcome: fc.constant('approved'), amount, gatewayReference: text }),
  fc.record({ outcome: fc.constant('declined'), failure }),
  fc.record({ outcome: fc.constantFrom('not_found', 'unknown') }),
);
const newPayment = {
  now,
  paymentId: fc.constant(terms.paymentId),
  organizationId: fc.constant(terms.organizationId),
  amount,
  maxAmount: fc.bigInt(),
  reference: orNull(text),
  userId: orNull(text),
  workflowId: orNull(text),
  resourceIds: fc.array(text, { maxLength: 55 }),
  subject: fc.constant(terms.subject),
  personal: fc.record({ customer: orNull(customer), description: orNull(text), metadata }),
  createdAt: orNull(now),
};

const commands: {
  readonly [Type in PaymentCommandType]: fc.Arbitrary<Extract<PaymentCommand, { type: Type }>>;
} = {
  CreatePayment: fc.record({ type: fc.constant('CreatePayment'), ...newPayment }),
  ImportSettledPayment: fc.record({ type: fc.constant('ImportSettledPayment'), ...newPayment }),
  UpdatePayment: fc.record({
    type: fc.constant('UpdatePayment'),
    now,
    stated,
    maxAmount: fc.bigInt(),
    personal: fc.record(
      {
        customer: orNull(fc.record({ name: orNull(text), email: orNull(text) }, { requiredKeys: [] })),
        description: orNull(text),
        metadata: fc.dictionary(text, orNull(text)),
      },
      { requiredKeys: [] },
    ),
  }),
  ProcessPayment: fc.record({ type: fc.constant('ProcessPayment'), now, method: text, stated }),
  RecordGatewayAnswer: fc.record({ type: fc.constant('RecordGatewayAnswer'), now, item, answer }),
  CancelPayment: fc.record({ type: fc.constant('CancelPayment'), now, reason: orNull(text) }),
  RefundPayment: fc.record({ type: fc.constant('RefundPayment'), now, stated, reason: orNull(text) }),
  SettlePayment: fc.record({
    type: fc.constant('SettlePayment'),
    now,
    outcome: fc.constantFrom('completed', 'failed'),
    reason: text,
    itemId: orNull(item.map(({ id }) => id)),
  }),
  DeletePayment: fc.record({ type: fc.constant('DeletePayment'), now, reason: orNull(text) }),
  ErasePersonalData: fc.record({ type: fc.constant('ErasePersonalData'), now }),
};

const outcomes: readonly string[] = [...paymentEventTypes, ...rejectionCodes, 'nothing'];

it.each(Object.entries(commands))('answers any %s', (_, command: fc.Arbitrary<PaymentCommand>) => {
  fc.assert(
    fc.property(command, fc.constantFrom(...stateNames), (asked, name) => {
      const before = stateOf(name);
      const decision = decide(asked, before);
      expect(outcomes).toContain(outcomeOf(decision));
      const after = evolveAll(before, decision.accepted ? decision.events : []);
      expect(after === null ? 0n : refundable(after)).toBeGreaterThanOrEqual(0n);
      expect(after?.captured ?? 0n).toBeGreaterThanOrEqual(0n);
      if (!decision.accepted) expect(decision.rejection.message).not.toBe('');
    }),
    { numRuns: 300 },
  );
});
