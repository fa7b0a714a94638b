// Whatever is decided about personal data is decided alike upon its stand-in.

import { createUuidV7Ids, systemClock } from '@paystrata/application';
import { decide, evolveAll, type PaymentCommand, type PersonalData, type PersonalDataPatch } from '@paystrata/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newPaymentOrder } from '../testing/orders.ts';
import { withStandIns } from './stand-in.ts';

const ids = createUuidV7Ids(systemClock);
const text = fc.option(fc.string({ maxLength: 1100 }));
const name = fc.string({ minLength: 1, maxLength: 45 }).filter((key) => key !== '__proto__');
const customer = fc.option(fc.record({ name: text, email: text }));
const whole: fc.Arbitrary<PersonalData> = fc.record({
  customer,
  description: text,
  metadata: fc.dictionary(name, fc.string({ maxLength: 510 }), { maxKeys: 5 }),
});
const patch: fc.Arbitrary<PersonalDataPatch> = fc.record(
  {
    customer: fc.option(fc.record({ name: text, email: text }, { requiredKeys: [] })),
    description: text,
    metadata: fc.dictionary(name, text, { maxKeys: 5 }),
  },
  { requiredKeys: [] },
);

/** What a decision says, without the texts themselves. */
function outcomeOf(commands: readonly PaymentCommand[]) {
  let state = evolveAll(null, []);
  return commands.map((command) => {
    const decision = decide(command, state);
    if (!decision.accepted) return decision.rejection;
    state = evolveAll(state, decision.events);
    return decision.events.map(({ type, data }) => ('personalSize' in data ? [type, data.personalSize] : [type]));
  });
}

describe('a stand-in', () => {
  it('is decided upon like the data itself, refusals and sizes included', () => {
    const { command: creation, paymentId } = newPaymentOrder(500n);
    if (creation.type !== 'CreatePayment') throw new Error(`a creation was expected for ${paymentId}`);
    fc.assert(
      fc.property(whole, fc.array(patch, { maxLength: 4 }), (personal, patches) => {
        const stated = { amount: null, currency: null };
        const updates = patches.map((each): PaymentCommand => {
          return { type: 'UpdatePayment', now: creation.now, stated, maxAmount: 10n ** 18n, personal: each };
        });
        const commands = [{ ...creation, personal }, ...updates];
        expect(outcomeOf(commands.map(withStandIns))).toEqual(outcomeOf(commands));
      }),
    );
  });

  it('says nothing of what it stands for', () => {
    const { command } = newPaymentOrder(500n);
    if (command.type !== 'CreatePayment') throw new Error('a creation was expected');
    const customerOf = { name: 'Ada Lovelace', email: 'ada@example.com' };
    const personal = { customer: customerOf, description: 'rent', metadata: { door: ids.next() } };
    expect(withStandIns({ ...command, personal })).toMatchObject({
      personal: {
        customer: { name: 'x'.repeat(12), email: 'x'.repeat(15) },
        description: 'xxxx',
        metadata: { door: 'x'.repeat(36) },
      },
    });
  });
});
