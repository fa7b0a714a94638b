// For tests: a strategy that has every method and does nothing. Whatever it passes proves nothing.

import type { EventCounts, Statistics, Strategy } from '@paystrata/application';
import { rejection } from '@paystrata/domain';

const nothingCounted: Statistics = { count: 0, byStatus: {}, byCurrency: {}, totals: [] };
const noEvents: EventCounts = {
  count: 0,
  byType: {},
  payments: 0,
  byHour: [],
  byDay: [],
  byActor: [],
  byPayment: [],
};

/** Refuses every command, finds nothing, and declares what it is told to. */
export function createDoNothingStrategy(capabilities: Strategy['capabilities']): Strategy {
  const refused = { ok: false, rejection: rejection('payment_not_found', 'nothing is done here') } as const;
  const total = { value: 0, capped: false };
  return {
    name: 'do-nothing',
    capabilities,
    write: { execute: async () => refused, executeBulk: async (orders) => orders.map(() => refused) },
    read: {
      get: async () => null,
      search: async () => ({ payments: [], hasMore: false, next: null, total }),
      suggestions: async () => [],
      statistics: async () => nothingCounted,
      analytics: async () => ({
        ...{ totals: [], buckets: [], byStatus: {}, byCurrency: {}, byCustomer: [], successRate: null, failures: [] },
        durations: { p50: null, p95: null, p99: null },
      }),
      awaitingGateway: async () => [],
    },
    log: {
      readAll: async () => ({ events: [], next: 0, end: true }),
      history: async () => [],
      timeline: async () => [],
      correlationTimeline: async () => [],
      correlation: async () => [],
      search: async () => ({ events: [], hasMore: false, next: null, total }),
      statistics: async () => noEvents,
      trends: async () => [],
      replay: async () => ({ steps: [], events: 0, payments: 0, byType: {} }),
    },
    maintenance: {
      actions: [],
      run: async (action) => ({ action, checked: 0, changed: 0, differences: [], differing: 0 }),
    },
    start: async () => undefined,
    stop: async () => undefined,
    epoch: () => 'nothing',
    health: async () => ({ healthy: true, sources: [] }),
    measure: () => [],
  };
}
