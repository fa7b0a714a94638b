// The temporal strategy: one workflow per payment, whose history is the durable record.

export { createTemporalStrategy, type TemporalStrategyOptions } from './strategy/create-temporal-strategy.ts';
export { temporalOptionsSchema, type TemporalOptions, type TemporalOptionsInput } from './strategy/options.ts';
