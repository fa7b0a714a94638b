// The application layer: commands, queries, buses, use cases, and the ports that every strategy implements.

export { commandContext, queryContext, READ_TIMEOUT_MS, type CommandContext, type QueryContext } from './buses/context.ts';
export { createEventBus, type EventBus, type EventHandler, type EventMiddleware } from './buses/event-bus.ts';
export { createMessageBus, type Handle, type Message, type MessageBus, type MessageMap, type Middleware } from './buses/message-bus.ts';
export { authorization, requireScopes, type Authorize } from './buses/middleware/authorization.ts';
export { correlation, currentCorrelation, type Correlation } from './buses/middleware/correlation.ts';
export { logging, metrics, tracing, type Sample, type Trace } from './buses/middleware/observation.ts';
export { validation } from './buses/middleware/validation.ts';
export { createEffectRunner, type EffectRunner, type EffectRunnerOptions } from './gateway/effect-runner.ts';
export { answerOrder, type Cause } from './gateway/answer-order.ts';
export { createSandboxGateway } from './gateway/sandbox-gateway.ts';
export { createMemoryLedger, ledgerBalances, type SandboxEntry, type SandboxLedger } from './gateway/sandbox-ledger.ts';
export { paymentIdFor } from './ids/payment-id.ts';
export { createUuidV7Ids } from './ids/uuid-v7.ts';
export { parseMessage } from './messages/parse-message.ts';
export { silentLogger, type Logger } from './ports/logger.ts';
export { createCommandBus, commandSchemas, commandScopes, type CommandBus, type CommandMap, type CommandType } from './use-cases/command-bus.ts';
export type { UseCaseDependencies } from './use-cases/dependencies.ts';
export { importRowSchema, MAX_ROWS, type ImportRow } from './use-cases/import-payments/import-payments.ts';
export { createStoreWriteModel, LOST_RACES, type StoreWriteModelOptions } from './write/store-write-model.ts';
export { readStream } from './write/receipts.ts';
export { schemaVersionOf } from './events/schema-versions.ts';
export type { EventEnvelope, PaymentKey, PendingEvent, RecordedEvent } from './events/recorded-event.ts';
export { decodeEvent, openStoredEvent, readStoredEvent, type OpenPersonal, type StoredEvent } from './events/stored-event.ts';
export { encodeEvent, type SealPersonal } from './events/stored-event-encoding.ts';
export { decodePayment, encodePayment, type StoredPayment } from './events/stored-payment.ts';
export type { StoredJson, Upcaster, Upcasters } from './events/upcasters.ts';
export { createMemoryKeyring, newSubjectKey } from './personal/memory-keyring.ts';
export { PersonalVault, type EventText, type SealedEntry, type Snapshot } from './personal/personal-vault.ts';
export { keyIdOf, openPersonal, sealPersonal, type SealedPlace } from './personal/sealing.ts';
export { formatPosition, parsePosition, type Position } from './events/position.ts';
export type { Capabilities } from './ports/capabilities.ts';
export { accessScopes, type AccessScope, type ApiKeyRecord, type ApiKeyStore, type IdempotencyPointer, type IdempotencyStore } from './ports/access.ts';
export { systemClock, type Clock } from './ports/clock.ts';
export type { EventLog } from './ports/event-log.ts';
export { failureCodes as portFailureCodes, InvalidMessage, PortFailure, type MessageIssue, type PortFailureCode } from './ports/failures.ts';
export type { Ids } from './ports/ids.ts';
export type { Keyring, SubjectKey } from './ports/keyring.ts';
export {
  maintenanceActions,
  type Difference,
  type Maintenance,
  type MaintenanceAction,
  type MaintenanceOptions,
  type MaintenanceReport,
  type MaintenanceScope,
  type Progress,
} from './ports/maintenance.ts';
export type { ChargeCall, PaymentGateway, RefundCall } from './ports/payment-gateway.ts';
export type { CommitEntry, CommitResult, Loaded, LogPage, LogRequest, PaymentStore } from './ports/payment-store.ts';
export type { ReadContext, ReadModel } from './ports/read-model.ts';
export type { Health, Measurement, SourceHealth, Strategy } from './ports/strategy.ts';
export type { BulkResult, Receipt, WriteModel, WriteOrder, WriteResult } from './ports/write-model.ts';
export {
  COUNT_CAP,
  type Analytics,
  type AnalyticsBucket,
  type CappedCount,
  type CurrencyTotal,
  type Durations,
  type PaymentDocument,
  type SearchPage,
  type Statistics,
  type Suggestion,
} from './read/answers.ts';
export {
  criterionOperators,
  type CorrelationTimeline,
  type Criterion,
  type CriterionOperator,
  type EventCorrelation,
  type EventCounts,
  type EventFilter,
  type EventPage,
  type EventStatistics,
  type EventTrends,
  type PaymentHistory,
  type PaymentTimeline,
  type Replay,
  type ReplayEvents,
  type ReplayStep,
  type SearchEvents,
  type TimelineEntry,
  type Trend,
} from './read/event-queries.ts';
export {
  everyPayment,
  intervals,
  sortKeys,
  suggestionFields,
  type GetPayment,
  type Interval,
  type PaymentAnalytics,
  type PaymentFilter,
  type PaymentStatistics,
  type SearchPayments,
  type Sort,
  type SortKey,
  type SuggestionField,
  type SuggestPayments,
  type TimeRange,
} from './read/queries.ts';
export { strategyFromStore, type StrategyOptions, type StrategyOverrides } from './strategy/strategy-from-store.ts';
// What apps need of the domain, which they reach through this layer alone.
export {
  currencies,
  decimalsOf,
  formatDecimal,
  instantOf,
  money,
  parseCommandId,
  parseCurrency,
  parseDecimal,
  parseOrganizationId,
  parsePaymentId,
  paymentEventTypes,
  paymentStatuses,
  rejectionCodes,
  type CommandId,
  type Currency,
  type DecimalProblem,
  type Instant,
  type Money,
  type OrganizationId,
  type Payment,
  type PaymentEventType,
  type PaymentId,
  type PaymentStatus,
  type Rejection,
  type RejectionCode,
} from '@paystrata/domain';
