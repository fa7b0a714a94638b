// For tests: the words in which a payment's story is told. A step makes a command that fits the state it meets.

import { parseAttemptId, parseOrganizationId, parsePaymentId, parseRefundId, parseSubjectId } from '../ids/ids.ts';
import { instantOf, type Instant } from '../ids/instant.ts';
import { parseCurrency, type Currency } from '../money/currency.ts';
import { money, type Money } from '../money/money.ts';
import type {
  CancelPayment,
  CreatePayment,
  DeletePayment,
  ErasePersonalData,
  ImportSettledPayment,
  PaymentCommand,
  ProcessPayment,
  RecordGatewayAnswer,
  RefundPayment,
  SettlePayment,
  StatedAmount,
  UpdatePayment,
} from '../payment/commands.ts';
import type { Item } from '../payment/events.ts';
import type { GatewayAnswer } from '../payment/gateway-answer.ts';
import { noPersonalData, type PersonalDataPatch } from '../payment/personal-data.ts';
import type { PaymentState } from '../payment/state.ts';

/** A command for the state it is given to, at the time it is given. */
export type Step<Command extends PaymentCommand = PaymentCommand> = (state: PaymentState, now: Instant) => Command;

/** The latest attempt or refund, or one by its id. */
export type ItemName = 'attempt' | 'refund' | `a${number}` | `r${number}`;

/** The value, where the test knows that there is one. */
export function known<T>(value: T | null | undefined): T {
  if (value === undefined || value === null) throw new Error('the test expected a value here');
  return value;
}

export const EUR: Currency = known(parseCurrency('EUR'));
export const JPY: Currency = known(parseCurrency('JPY'));
export const start: Instant = instantOf(Date.UTC(2026, 0, 15, 12));
export const eur = (amount: bigint): Money => money(amount, EUR);

/** What `create` and `importSettled` ask for, unless they say otherwise. */
export const terms = {
  paymentId: known(parsePaymentId('01980000-0000-7000-8000-000000000001')),
  organizationId: known(parseOrganizationId('acme')),
  amount: eur(100n),
  maxAmount: 1_000_000_000_000n,
  reference: 'INV-1',
  userId: 'user-1',
  workflowId: 'workflow-1',
  resourceIds: ['vm-1'],
  subject: known(parseSubjectId('customer-1')),
  personal: { ...noPersonalData, description: 'January', metadata: { team: 'blue' } },
  createdAt: null,
} as const;

type Terms = Omit<CreatePayment, 'type' | 'now'>;

export const create =
  (other: Partial<Terms> = {}): Step<CreatePayment> =>
  (_, now) => ({ ...terms, ...other, type: 'CreatePayment', now });

export const importSettled =
  (other: Partial<Terms> = {}): Step<ImportSettledPayment> =>
  (_, now) => ({ ...terms, ...other, type: 'ImportSettledPayment', now });

/** What a caller may state of an amount: all of it, the number alone, the currency alone, or nothing. */
export type Stated = Money | bigint | Currency | null;

export const update =
  (personal: PersonalDataPatch, stated: Stated = null): Step<UpdatePayment> =>
  (_, now) => ({ type: 'UpdatePayment', now, stated: statedOf(stated), maxAmount: terms.maxAmount, personal });

export const process =
  (stated: Stated = null, method = 'test_approve'): Step<ProcessPayment> =>
  (_, now) => ({ type: 'ProcessPayment', now, method, stated: statedOf(stated) });

export const cancel =
  (reason: string | null = null): Step<CancelPayment> =>
  (_, now) => ({ type: 'CancelPayment', now, reason });

/** No amount: all that remains. */
export const refund =
  (stated: Stated = null, reason: string | null = null): Step<RefundPayment> =>
  (_, now) => ({ type: 'RefundPayment', now, stated: statedOf(stated), reason });

export const settle =
  (outcome: 'completed' | 'failed', item: ItemName | null = null, reason = 'as the bank says'): Step<SettlePayment> =>
  (state, now) => {
    return { type: 'SettlePayment', now, outcome, reason, itemId: item === null ? null : itemOf(state, item).id };
  };

export const remove =
  (reason: string | null = null): Step<DeletePayment> =>
  (_, now) => ({ type: 'DeletePayment', now, reason });

export const erase = (): Step<ErasePersonalData> => (_, now) => ({ type: 'ErasePersonalData', now });

/** The gateway moved the money: as much as was asked, unless another amount is given. */
export const approve =
  (name: ItemName, moved?: Money, gatewayReference?: string): Step<RecordGatewayAnswer> =>
  (state, now) => {
    const item = itemOf(state, name);
    const asked = [...(state?.attempts ?? []), ...(state?.refunds ?? [])].find(({ id }) => id === item.id)?.amount;
    const amount = moved ?? asked ?? terms.amount;
    const reference = gatewayReference ?? `gateway-${item.id}`;
    return answered(item, { outcome: 'approved', amount, gatewayReference: reference }, now);
  };

export const decline =
  (name: ItemName): Step<RecordGatewayAnswer> =>
  (state, now) => {
    const failure = { code: 'card_declined', declineCode: 'generic_decline', retryable: true } as const;
    return answered(itemOf(state, name), { outcome: 'declined', failure }, now);
  };

export const unknown =
  (name: ItemName): Step<RecordGatewayAnswer> =>
  (state, now) =>
    answered(itemOf(state, name), { outcome: 'unknown' }, now);

export const notFound =
  (name: ItemName): Step<RecordGatewayAnswer> =>
  (state, now) =>
    answered(itemOf(state, name), { outcome: 'not_found' }, now);

/** The same step, so much later. */
export function waiting<Command extends PaymentCommand>(milliseconds: number, step: Step<Command>): Step<Command> {
  return (state, now) => step(state, instantOf(now + milliseconds));
}

function answered(item: Item, answer: GatewayAnswer, now: Instant): RecordGatewayAnswer {
  return { type: 'RecordGatewayAnswer', now, item, answer };
}

function statedOf(stated: Stated): StatedAmount {
  if (stated === null) return { amount: null, currency: null };
  if (typeof stated === 'bigint') return { amount: stated, currency: null };
  return typeof stated === 'string' ? { amount: null, currency: stated } : stated;
}

function itemOf(state: PaymentState, name: ItemName): Item {
  if (name === 'attempt') return { kind: 'attempt', id: state?.attempts.at(-1)?.id ?? known(parseAttemptId('a1')) };
  if (name === 'refund') return { kind: 'refund', id: state?.refunds.at(-1)?.id ?? known(parseRefundId('r1')) };
  return name.startsWith('a')
    ? { kind: 'attempt', id: known(parseAttemptId(name)) }
    : { kind: 'refund', id: known(parseRefundId(name)) };
}
