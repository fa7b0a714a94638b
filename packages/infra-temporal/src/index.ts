// The temporal strategy: one workflow per payment, whose history is the durable record.

export { createTemporalStrategy, type TemporalStrategyOptions } from './strategy/create-temporal-strategy.ts';
export { isTemporal, type TemporalStrategy } from './strategy/temporal-strategy.ts';
export type { Freshness, PaymentClient, PaymentWorkflow } from './client/payment-client.ts';
export type { StartedCommand } from './client/temporal-write-model.ts';
export type { WorkflowMetrics } from './client/workflow-metrics.ts';
export { TemporalWorker } from './worker/temporal-worker.ts';
export { writeWorkflowBundle } from './worker/workflow-bundle.ts';
export { temporalOptionsSchema, type TemporalOptions, type TemporalOptionsInput } from './strategy/options.ts';
