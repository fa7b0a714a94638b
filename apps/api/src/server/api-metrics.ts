// What Prometheus is told: of requests, of commands and queries, and of the strategy at work.

import { metrics, type Middleware, type Strategy } from '@paystrata/application';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

interface RequestSample {
  readonly method: string;
  /** The pattern of the route, never the address itself. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

export interface ApiMetrics {
  observe(sample: RequestSample): void;
  /** Counts messages of a bus and measures them. */
  middleware<Context>(): Middleware<Context>;
  readonly contentType: string;
  /** In the text format of Prometheus. */
  text(): Promise<string>;
}

/** Buckets from half a millisecond to ten seconds. */
const buckets = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createApiMetrics(strategy: Strategy): ApiMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'paystrata_http_request_duration_seconds',
    help: 'Requests by method, route and status, from the first byte of the request to the last of the answer',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers,
  });
  const messages = new Counter({
    name: 'paystrata_messages_total',
    help: 'Commands and queries by type and outcome: ok, or the code of the refusal or failure',
    labelNames: ['type', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'paystrata_message_duration_seconds',
    help: 'Commands and queries by type',
    labelNames: ['type'],
    buckets,
    registers,
  });
  const measured = new Map<string, Gauge>();
  return {
    observe: ({ method, route, status, seconds }) => requests.observe({ method, route, status }, seconds),
    middleware: () =>
      metrics(({ type, outcome, milliseconds }) => {
        messages.inc({ type, outcome });
        durations.observe({ type }, milliseconds / 1000);
      }),
    contentType: registry.contentType,
    text() {
      for (const { name, value, labels } of strategy.measure()) {
        const known = measured.get(name);
        const labelNames = Object.keys(labels);
        const gauge =
          known ?? new Gauge({ name, help: `Measured by the strategy ${strategy.name}`, labelNames, registers });
        measured.set(name, gauge);
        gauge.set({ ...labels }, value);
      }
      return registry.metrics();
    },
  };
}
