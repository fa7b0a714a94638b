// Chooses the file of the configured strategy. Only that one is imported.

import type { Config } from '../config/load-config.ts';
import type { LoadedStrategy } from './strategy-parts.ts';

/** @throws PortFailure `CONFIG_INVALID` where its package is not installed, or its settings do not fit. */
export async function loadStrategy(config: Config): Promise<LoadedStrategy> {
  const { strategy } = config.storage;
  switch (strategy) {
    case 'memory-cqs':
      return (await import('./memory-cqs.ts')).loadMemoryCqs(config);
    case 'memory-cqrs':
      return (await import('./memory-cqrs.ts')).loadMemoryCqrs(config);
    case 'event-sourced':
      return (await import('./event-sourced.ts')).loadEventSourced(config);
    case 'multi-source':
      return (await import('./multi-source.ts')).loadMultiSource(config);
    case 'temporal':
      return (await import('./temporal.ts')).loadTemporal(config);
  }
}
