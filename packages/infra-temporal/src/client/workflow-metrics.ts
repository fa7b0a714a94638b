// How much a client had to do, and how long it took.

import type { Measurement } from '@paystrata/application';

export interface WorkflowMetrics {
  readonly commands: number;
  readonly queries: number;
  /** Of the queries, those that the cache answered: from 0 to 1; 0 where there were none. */
  readonly cacheHitRate: number;
  /** Milliseconds from sending a command to its answer; 0 where there were none. */
  readonly averageExecutionMs: number;
}

export interface MeteredClient {
  command<Answer>(run: () => Promise<Answer>): Promise<Answer>;
  query<Answer>(hit: boolean, run: () => Promise<Answer>): Promise<Answer>;
  read(): WorkflowMetrics;
  measure(): readonly Measurement[];
}

export function createWorkflowMetrics(): MeteredClient {
  let [commands, commandMs, queries, hits] = [0, 0, 0, 0];
  const read = (): WorkflowMetrics => ({
    commands,
    queries,
    cacheHitRate: queries === 0 ? 0 : hits / queries,
    averageExecutionMs: commands === 0 ? 0 : commandMs / commands,
  });
  return {
    command: async (run) => {
      const begun = performance.now();
      try {
        return await run();
      } finally {
        commands++;
        commandMs += performance.now() - begun;
      }
    },
    query: async (hit, run) => {
      queries++;
      if (hit) hits++;
      return run();
    },
    read,
    measure: () => [
      { name: 'paystrata_temporal_client_commands_total', value: commands, labels: {} },
      { name: 'paystrata_temporal_client_command_seconds_total', value: commandMs / 1000, labels: {} },
      { name: 'paystrata_temporal_client_queries_total', value: queries, labels: {} },
      { name: 'paystrata_temporal_client_cache_hits_total', value: hits, labels: {} },
    ],
  };
}
