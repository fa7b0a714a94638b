// A conformance case as data: what it proves, what it needs, how it runs.

import type { Capabilities } from '@paystrata/application';
import type { World } from '../world/world.ts';
import type { Property } from './properties.ts';

interface Named {
  /** A sentence that holds on every strategy; unique in the kit. */
  readonly name: string;
  readonly property: Property;
}

type Run = (world: World) => Promise<void>;

/** Holds on every strategy. Throws where it does not. */
export interface UnconditionalCase extends Named {
  readonly run: Run;
}

/**
 * Holds where the strategy declares what is needed. Where it declares otherwise, the case is not skipped: `otherwise`
 * runs and proves that the declaration is true.
 */
export interface ConditionalCase extends Named {
  readonly needs: Partial<Capabilities>;
  readonly run: Run;
  readonly otherwise: Run;
}

export type ConformanceCase = UnconditionalCase | ConditionalCase;

/** True where the strategy declares all that the case needs. */
export function isMet(each: ConformanceCase, capabilities: Capabilities): boolean {
  if (!('needs' in each)) return true;
  const { durable, reads, globalOrder, effects } = each.needs;
  return (
    (durable === undefined || durable === capabilities.durable) &&
    (reads === undefined || reads === capabilities.reads) &&
    (globalOrder === undefined || globalOrder === capabilities.globalOrder) &&
    (effects === undefined || effects === capabilities.effects)
  );
}
