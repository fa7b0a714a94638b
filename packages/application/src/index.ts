// The application layer: commands, queries, buses, use cases, and the ports that every strategy implements.

export {
  createApiKey,
  createFirstApiKey,
  grantedScopes,
  verifyApiKey,
  type CreatedApiKey,
  type NewApiKey,
} from './access/api-keys.ts';
export {
  commandContext,
  queryContext,
  READ_TIMEOUT_MS,
  type CommandContext,
  type QueryContext,
} from './buses/context.ts';
export { createEventBus, type EventBus, type EventHandler, type EventMiddleware } from './buses/event-bus.ts';
export {
  createMessageBus,
  type Handle,
  type Message,
  type MessageBus,
  type MessageMap,
  type Middleware,
} from './buses/message-bus.ts';
export { authorization, requireScopes, type Authorize } from './buses/middleware/authorization.ts';
export { correlation, currentCorrelation, type Correlation } from './buses/middleware/correlation.ts';
export { logging, metrics, tracing, type Sample, type Trace } from './buses/middleware/observation.ts';
export { validation } from './buses/middleware/validation.ts';
export { createEffectRunner, type EffectRunner, type EffectRunnerOptions } from './gateway/effect-runner.ts';
export { answerOrder, type Cause } from './gateway/answer-order.ts';
export { createSandboxGateway } from './gateway/sandbox-gateway.ts';
export { createMemoryLedger, ledgerBalances, type SandboxEntry, type SandboxLedger } from './gateway/sandbox-ledger.ts';
export { paymentIdFor } from './ids/payment-id.ts';
export { formatKeptRoot, parseKeptRoot, RangeSealer, type KeptRoot, type Seal } from './integrity/seal.ts';
export {
  openSegment,
  packSegment,
  SEGMENT_CODEC,
  SEGMENT_FORMAT,
  segmentDamaged,
  type OpenSegment,
} from './integrity/segment.ts';
export { createUuidV7Ids } from './ids/uuid-v7.ts';
export { parseMessage } from './messages/parse-message.ts';
export { eventFilterSchema } from './messages/queries/event-filter-schema.ts';
export { parseAsOf } from './messages/queries/get-payment.ts';
export { paymentFilterSchema } from './messages/queries/payment-filter-schema.ts';
export { querySchemas, type QueryInput, type QueryType } from './messages/queries/query-schemas.ts';
export { currentEvent, requireKnownVersion, type EventType, type EventTypes } from './event-store/event-types.ts';
export { meetsExpected, streamEnded, wrongExpectedVersion, wrongRevision } from './event-store/expected-version.ts';
export { appendedBefore } from './event-store/appended-before.ts';
export { requireNewEvents } from './event-store/new-events.ts';
export { compileStreamEventFilter } from './event-store/stream-event-filter.ts';
export { PAYMENT_CATEGORY, requireStreamName, requireWritable, streamText } from './event-store/stream-name.ts';
export { silentLogger, type Logger } from './ports/logger.ts';
export {
  createCommandBus,
  commandSchemas,
  commandScopes,
  type CommandBus,
  type CommandMap,
  type CommandType,
} from './use-cases/command-bus.ts';
export { createQueryBus, type QueryBus, type QueryMap } from './use-cases/query-bus.ts';
export type { UseCaseDependencies } from './use-cases/dependencies.ts';
export { importRowSchema, MAX_ROWS, type ImportRow } from './use-cases/import-payments/import-payments.ts';
export { createAdoption, type AdoptionOptions } from './write/adoption.ts';
export { createStoreWriteModel, LOST_RACES, type StoreWriteModelOptions } from './write/store-write-model.ts';
export { readStream } from './write/receipts.ts';
export { schemaVersionOf } from './events/schema-versions.ts';
export type { EventEnvelope, PaymentKey, PendingEvent, RecordedEvent } from './events/recorded-event.ts';
export {
  decodeEvent,
  openStoredEvent,
  readStoredEvent,
  type OpenPersonal,
  type StoredEvent,
} from './events/stored-event.ts';
export { encodeEvent, type SealPersonal } from './events/stored-event-encoding.ts';
export { decodePayment, encodePayment } from './events/stored-payment.ts';
export type { StoredJson, Upcaster, Upcasters } from './events/upcasters.ts';
export { createMemoryKeyring, newSubjectKey } from './personal/memory-keyring.ts';
export { PersonalVault, type EventText, type SealedEntry, type Snapshot } from './personal/personal-vault.ts';
export { keyIdOf, openPersonal, sealPersonal, type SealedPlace } from './personal/sealing.ts';
export { formatPosition, parsePosition, type Position } from './events/position.ts';
export type { Capabilities } from './ports/capabilities.ts';
export {
  accessScopes,
  type AccessScope,
  type ApiKeyRecord,
  type ApiKeyStore,
  type IdempotencyPointer,
  type IdempotencyStore,
  type RateCounter,
  type RateSpan,
  type Taken,
} from './ports/access.ts';
export { systemClock, type Clock } from './ports/clock.ts';
export type { EventLog } from './ports/event-log.ts';
export type {
  AllPage,
  Appended,
  EventStore,
  ExpectedVersion,
  NewEvent,
  ReadAllRequest,
  StreamEvent,
  StreamEventFilter,
  StreamMetadata,
  StreamName,
  StreamPage,
} from './ports/event-store.ts';
export {
  failureCodes as portFailureCodes,
  InvalidMessage,
  PortFailure,
  type MessageIssue,
  type PortFailureCode,
} from './ports/failures.ts';
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
export type { Soon } from './ports/soon.ts';
export type { CommitEntry, CommitResult, Loaded, LogPage, LogRequest, PaymentStore } from './ports/payment-store.ts';
export type { AnswerOrigin, ReadContext, ReadModel } from './ports/read-model.ts';
export type { Adopt, Adopted, Health, Measurement, SourceHealth, Strategy } from './ports/strategy.ts';
export type { AggregateSnapshot, SnapshotStore } from './ports/snapshots.ts';
export type { DeadLetter, Lease, NewDeadLetter, SubscriptionStore } from './ports/subscriptions.ts';
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
  everyEvent,
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
  eraseEvent,
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
export { noticingReads, type AccessListener, type AccessNotice } from './read/access-notices.ts';
export { analyticsOf, durationsOf, successRateOf, TOP_CUSTOMERS } from './read/analytics.ts';
export { foldAsOf } from './read/as-of.ts';
export { bucketEdges, bucketFinder, bucketOf, MAX_BUCKETS, type Bucket } from './read/buckets.ts';
export { canonicalJson } from './read/canonical-json.ts';
export { compareCodePoints } from './read/code-point-order.ts';
export { inCausalOrder } from './read/correlation.ts';
export { formatSearchCursor, parseSearchCursor, type SearchCursor, type SearchScope } from './read/cursor.ts';
export { countEvents, EventTally, TOP_PAYMENTS, type EventGroup, type PaymentCounts } from './read/event-counts.ts';
export { meets } from './read/event-criteria.ts';
export { eventData, eventTexts, formatInstant, type JsonObject, type JsonValue } from './read/event-data.ts';
export { compileEventFilter } from './read/event-filter.ts';
export { eventCursorOf, formatEventCursor, searchEvents, type EventSearchScope } from './read/event-search.ts';
export { trendsOf, TrendTally } from './read/event-trends.ts';
export { compileFilter, inRange, matches } from './read/filter.ts';
export { requireKnownPosition, waitUntil } from './read/freshness.ts';
export { createLogFedEventLog, type LogFedEventLogOptions } from './read/log-fed-event-log.ts';
export { createLogFedReadModel, type LogFedReadModel, type LogFedReadModelOptions } from './read/log-fed-read-model.ts';
export { readLog, readPages, type LogPart, type LogSource } from './read/log-reader.ts';
export { combineMaintenance } from './read/combined-maintenance.ts';
export { capabilityMissing, createDerivedMaintenance, type DerivedMaintenanceOptions } from './read/maintenance.ts';
export { eventFromView } from './events/event-from-view.ts';
export { parseInstant } from './read/parse-instant.ts';
export {
  compareKeys,
  createPaymentDocuments,
  followDocument,
  type PaymentDocuments,
} from './read/payment-documents.ts';
export { nearestRank } from './read/percentiles.ts';
export { replayEvents } from './read/replay.ts';
export { cursorOf, nextCursor, searchDocuments, type SearchSource } from './read/search.ts';
export { singleFlight } from './read/single-flight.ts';
export { comparePlaces, inDirection, placeOf, type SortPlace } from './read/sort.ts';
export {
  createStatisticsAggregate,
  isCounted,
  statisticsFrom,
  statisticsOf,
  type StatisticsAggregate,
} from './read/statistics.ts';
export { byCountThenText, suggestFrom, suggestionTexts } from './read/suggestions.ts';
export {
  foldText,
  matchesTokens,
  MAX_TOKEN_LENGTH,
  paymentTokens,
  textQueryOf,
  tokenize,
  TOKENIZER_VERSION,
  tokensOf,
  type TextQuery,
} from './read/text-tokens.ts';
export { sentenceOf, timelineOf } from './read/timeline.ts';
export { verifyStore } from './read/verify-store.ts';
export { isTimezone, zoneOffset } from './read/zone-offset.ts';
export { LeaseKeeper } from './subscriptions/lease-keeper.ts';
export { createMemorySubscriptionStore } from './subscriptions/memory-subscription-store.ts';
export { createSubscription } from './subscriptions/create-subscription.ts';
export type {
  Delivery,
  SubscribedEvent,
  Subscription,
  SubscriptionHandler,
  SubscriptionOptions,
  SubscriptionSignal,
  SubscriptionSource,
  SubscriptionStatus,
} from './subscriptions/subscription.ts';
export {
  eventCountsView,
  replayView,
  timelineEntryView,
  trendView,
  type EventCountsView,
  type ReplayView,
  type TimelineEntryView,
  type TrendView,
} from './views/event-answers-view.ts';
export { analyticsView, type AnalyticsBucketView, type AnalyticsView } from './views/analytics-view.ts';
export { eventView, type EventView } from './views/event-view.ts';
export {
  eventListView,
  paymentListView,
  suggestionView,
  wholeListView,
  type ListView,
  type SuggestionView,
} from './views/list-view.ts';
export {
  paymentView,
  type AttemptView,
  type FailureView,
  type PaymentView,
  type RefundView,
} from './views/payment-view.ts';
export {
  currencyTotalView,
  statisticsView,
  type CurrencyTotalView,
  type StatisticsView,
} from './views/statistics-view.ts';
export { wireAmount, wireInstant } from './views/wire-values.ts';
