// Which sources an event goes to. SQL gets every one: it is the record.

import type { PaymentEventType, RecordedEvent } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';

/** What one source gets; what is not named does not restrict. A source without a route gets everything. */
export interface WriteRoute {
  readonly organizations?: readonly string[] | undefined;
  readonly exceptOrganizations?: readonly string[] | undefined;
  readonly types?: readonly PaymentEventType[] | undefined;
}

export interface SourceRoute {
  /** Whether the event goes to the source. */
  takes(event: RecordedEvent): boolean;
  /** Whether every event of the organization goes there: only then it may be asked about it. */
  covers(organizationId: OrganizationId): boolean;
  /** Whether events of every type go there. */
  readonly isWhole: boolean;
}

export function routeOf(route: WriteRoute = {}): SourceRoute {
  const { organizations, exceptOrganizations, types } = route;
  const only = organizations && new Set<string>(organizations);
  const except = new Set<string>(exceptOrganizations);
  const some = types && new Set<string>(types);
  const takesOrganization = (id: OrganizationId) => (only === undefined || only.has(id)) && !except.has(id);
  return {
    isWhole: some === undefined,
    takes: ({ organizationId, type }) => takesOrganization(organizationId) && (some === undefined || some.has(type)),
    covers: (organizationId) => some === undefined && takesOrganization(organizationId),
  };
}
