// The first key of an installation: made when there is none yet, so that a newcomer can begin.

import { accessScopes, createFirstApiKey, parseOrganizationId, type CreatedApiKey } from '@paystrata/application';
import type { Composition } from '@paystrata/composition';

const DEMO = 'demo';

/**
 * Makes a key for the organization `demo` that may do everything in it; null where there is a key already. Of processes
 * that start at once, one makes it.
 */
export async function ensureFirstKey({ apiKeys, clock }: Composition): Promise<CreatedApiKey | null> {
  const organizationId = parseOrganizationId(DEMO);
  if (organizationId === undefined) throw new Error(`${DEMO} is not the slug of an organization`);
  return createFirstApiKey(apiKeys, { organizationId, scopes: accessScopes, now: clock.now() });
}
