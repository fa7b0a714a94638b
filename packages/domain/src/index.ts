// The payment domain: money, the life cycle of a payment, and what must be done outside. Pure, without dependencies.

export type { Brand } from './ids/brand.ts';
export {
  attemptIdOf,
  gatewayKeyOf,
  parseAttemptId,
  parseCommandId,
  parseGatewayKey,
  parseOrganizationId,
  parsePaymentId,
  parseRefundId,
  parseSubjectId,
  refundIdOf,
} from './ids/ids.ts';
export type { AttemptId, CommandId, GatewayKey, OrganizationId, PaymentId, RefundId, SubjectId } from './ids/ids.ts';
export { instantOf, later, type Instant } from './ids/instant.ts';
export { allocate } from './money/allocate.ts';
export { currencies, decimalsOf, parseCurrency, type Currency } from './money/currency.ts';
export { formatDecimal, parseDecimal, type DecimalProblem } from './money/decimal.ts';
export { add, compare, CurrencyMismatch, equals, money, subtract, type Money } from './money/money.ts';
export { multiply, type Rate } from './money/multiply.ts';
export type {
  CancelPayment,
  CreatePayment,
  DeletePayment,
  ErasePersonalData,
  ImportSettledPayment,
  PaymentCommand,
  PaymentCommandType,
  ProcessPayment,
  RecordGatewayAnswer,
  RefundPayment,
  SettlePayment,
  StatedAmount,
  UpdatePayment,
} from './payment/commands.ts';
export { decide } from './payment/decide.ts';
export type { Decision } from './payment/decision.ts';
export {
  dueEffects,
  nextLookupAt,
  NOT_FOUND_IS_FINAL_AFTER_MS,
  PARK_AFTER_MS,
  type Effect,
} from './payment/due-effects.ts';
export {
  paymentEventTypes,
  type DataOf,
  type EventData,
  type Item,
  type ParkReason,
  type PaymentEvent,
  type PaymentEventType,
} from './payment/events.ts';
export { eraseEvent } from './payment/erase-event.ts';
export { evolve, evolveAll } from './payment/evolve.ts';
export { failureCodes, type Failure, type FailureCode, type GatewayAnswer } from './payment/gateway-answer.ts';
export {
  MAX_ATTEMPTS,
  MAX_CUSTOMER_FIELD,
  MAX_DESCRIPTION,
  MAX_EVENT_CHARACTERS,
  MAX_EVENTS,
  MAX_METADATA_KEY,
  MAX_METADATA_KEYS,
  MAX_METADATA_VALUE,
  MAX_REASON,
  MAX_REFERENCE,
  MAX_RESOURCES,
} from './payment/limits.ts';
export {
  mergePersonalData,
  noPersonalData,
  type Customer,
  type PersonalData,
  type PersonalDataChange,
  type PersonalDataPatch,
} from './payment/personal-data.ts';
export { rejection, rejectionCodes, type Rejection, type RejectionCode } from './payment/rejections.ts';
export {
  initialState,
  liveAttempt,
  needsReview,
  paymentStatuses,
  refundable,
  type Attempt,
  type ItemStatus,
  type Parked,
  type Payment,
  type PaymentState,
  type PaymentStatus,
  type Refund,
} from './payment/state.ts';
