// Chooses the file of the configured strategy. Only that one is imported.

import { PortFailure } from '@paystrata/application';
import type { Config } from '../config/load-config.ts';
import type { StrategyName } from '../config/storage-section.ts';
import type { LoadedStrategy } from './strategy-parts.ts';

/** Strategies that can be chosen today. */
export const availableStrategies = [
  'memory-cqs',
  'memory-cqrs',
  'event-sourced',
  'temporal',
] as const satisfies readonly StrategyName[];

/** @throws PortFailure `CONFIG_INVALID` for a strategy that is not there yet, or whose package is not installed. */
export async function loadStrategy(config: Config): Promise<LoadedStrategy> {
  const { strategy } = config.storage;
  switch (strategy) {
    case 'memory-cqs':
      return (await import('./memory-cqs.ts')).loadMemoryCqs(config);
    case 'memory-cqrs':
      return (await import('./memory-cqrs.ts')).loadMemoryCqrs(config);
    case 'event-sourced':
      return (await import('./event-sourced.ts')).loadEventSourced(config);
    case 'temporal':
      return (await import('./temporal.ts')).loadTemporal(config);
    case 'multi-source':
      throw new PortFailure(
        'CONFIG_INVALID',
        `PAYSTRATA_STORAGE is "${strategy}", which this version does not have yet: choose one of ${availableStrategies.join(', ')}`,
        { details: { strategy } },
      );
  }
}
