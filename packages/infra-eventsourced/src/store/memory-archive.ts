// Maintenance of a log in memory: what is old is compressed.

import { InvalidMessage, type Maintenance, type MaintenanceScope, type PaymentKey } from '@paystrata/application';
import type { MemoryStore } from '@paystrata/infra-inmemory';

/** In chunks, each of which is compressed once it holds nothing but old events of the scope. */
export function createMemoryArchive(store: Pick<MemoryStore, 'archive'>): Maintenance {
  return {
    actions: ['archive'],
    run: async (action, scope, { before, signal } = {}) => {
      signal?.throwIfAborted();
      if (before === undefined) {
        throw new InvalidMessage('archive', [
          {
            path: 'before',
            message: 'say from before when events are archived: a log in memory has no setting for it',
          },
        ]);
      }
      const { events, bytesBefore, bytesAfter } = await store.archive(
        (event) => event.at < before && isWithin(event, scope),
      );
      const bytes = { before: bytesBefore, after: bytesAfter };
      return { action, checked: events, changed: events, differences: [], differing: 0, bytes };
    },
  };
}

function isWithin({ organizationId, paymentId }: PaymentKey, scope: MaintenanceScope): boolean {
  if (scope.kind === 'all') return true;
  return scope.organizationId === organizationId && (scope.kind === 'organization' || scope.paymentId === paymentId);
}
