// What can be asked of a payment. Time, ids and gateway answers come in with the command.

import type { AttemptId, OrganizationId, PaymentId, RefundId, SubjectId } from '../ids/ids.ts';
import type { Instant } from '../ids/instant.ts';
import type { Currency } from '../money/currency.ts';
import type { Money } from '../money/money.ts';
import type { Item } from './events.ts';
import type { GatewayAnswer } from './gateway-answer.ts';
import type { PersonalData, PersonalDataPatch } from './personal-data.ts';

interface At {
  /** When it is decided, by the clock of whoever decides. */
  readonly now: Instant;
}

interface NewPayment extends At {
  readonly paymentId: PaymentId;
  readonly organizationId: OrganizationId;
  readonly amount: Money;
  /** The cap on one payment, in minor units. */
  readonly maxAmount: bigint;
  readonly reference: string | null;
  readonly userId: string | null;
  readonly workflowId: string | null;
  readonly resourceIds: readonly string[];
  readonly subject: SubjectId;
  readonly personal: PersonalData;
  /** When the payment came about, where that was earlier than now; never in the future. */
  readonly createdAt: Instant | null;
}

export interface CreatePayment extends NewPayment {
  readonly type: 'CreatePayment';
}

/** Records a payment that was created and processed outside. */
export interface ImportSettledPayment extends NewPayment {
  readonly type: 'ImportSettledPayment';
}

/** An amount, a currency, both or neither, as a caller states them; a currency must be the payment's. */
export interface StatedAmount {
  /** Minor units. */
  readonly amount: bigint | null;
  readonly currency: Currency | null;
}

export interface UpdatePayment extends At {
  readonly type: 'UpdatePayment';
  readonly stated: StatedAmount;
  readonly maxAmount: bigint;
  readonly personal: PersonalDataPatch;
}

export interface ProcessPayment extends At {
  readonly type: 'ProcessPayment';
  /** How to pay, in the gateway's terms; never a card number. */
  readonly method: string;
  /** What the caller believes the payment to be; must be that where stated. */
  readonly stated: StatedAmount;
}

/** Feeds back what the gateway said; no API exposes it. */
export interface RecordGatewayAnswer extends At {
  readonly type: 'RecordGatewayAnswer';
  readonly item: Item;
  readonly answer: GatewayAnswer;
}

export interface CancelPayment extends At {
  readonly type: 'CancelPayment';
  readonly reason: string | null;
}

export interface RefundPayment extends At {
  readonly type: 'RefundPayment';
  /** Without an amount: all that remains. An amount of 0 is refused, not read as "all". */
  readonly stated: StatedAmount;
  readonly reason: string | null;
}

/** A person decides about what is parked. */
export interface SettlePayment extends At {
  readonly type: 'SettlePayment';
  readonly outcome: 'completed' | 'failed';
  readonly reason: string;
  /** Null: the only item that is parked. */
  readonly itemId: AttemptId | RefundId | null;
}

export interface DeletePayment extends At {
  readonly type: 'DeletePayment';
  readonly reason: string | null;
}

export interface ErasePersonalData extends At {
  readonly type: 'ErasePersonalData';
}

export type PaymentCommand =
  | CreatePayment
  | ImportSettledPayment
  | UpdatePayment
  | ProcessPayment
  | RecordGatewayAnswer
  | CancelPayment
  | RefundPayment
  | SettlePayment
  | DeletePayment
  | ErasePersonalData;

export type PaymentCommandType = PaymentCommand['type'];
