// Whose key it is, and for which organization it speaks.

import {
  grantedScopes,
  parseOrganizationId,
  PortFailure,
  type AccessScope,
  type ApiKeyRecord,
  type OrganizationId,
} from '@paystrata/application';
import { HttpProblem } from '../problems/http-problem.ts';
import type { Request } from './api.ts';

export interface Principal {
  /** The id of the API key. */
  readonly keyId: string;
  /** `*`: an operator. */
  readonly organizationId: OrganizationId | '*';
  /** With all that they include. */
  readonly scopes: readonly AccessScope[];
}

export function principalOf({ id, organizationId, scopes }: ApiKeyRecord): Principal {
  return { keyId: id, organizationId, scopes: grantedScopes(scopes) };
}

const ORGANIZATION_HEADER = 'paystrata-organization';

/** @throws HttpProblem `unauthorized`, as a route of ours without a scope would. */
export function requirePrincipal(request: Request): Principal {
  if (request.principal === null) throw new HttpProblem('unauthorized', 'this needs an API key');
  return request.principal;
}

/** @throws PortFailure `FORBIDDEN` */
export function requireScope({ scopes }: Principal, scope: AccessScope): void {
  if (scopes.includes(scope)) return;
  throw new PortFailure('FORBIDDEN', `this needs a key with the scope "${scope}"`);
}

/**
 * The organization that the request is about: the key's, or for an operator the one that the header names.
 *
 * @throws HttpProblem `organization_required` or `malformed_header`; PortFailure `FORBIDDEN` where a key that belongs to
 * one organization names another.
 */
export function organizationOf(request: Request): OrganizationId {
  const named = namedOrganization(request);
  const { organizationId } = requirePrincipal(request);
  if (organizationId !== '*') {
    if (named === null || named === organizationId) return organizationId;
    throw new PortFailure('FORBIDDEN', 'the key belongs to another organization than Paystrata-Organization names');
  }
  if (named !== null) return named;
  throw new HttpProblem('organization_required', "an operator's key names the organization in Paystrata-Organization", {
    param: 'Paystrata-Organization',
  });
}

/** The organization in the header; null where there is none. @throws HttpProblem `malformed_header` */
export function namedOrganization(request: Request): OrganizationId | null {
  const header = request.headers[ORGANIZATION_HEADER];
  if (header === undefined) return null;
  const organizationId = typeof header === 'string' ? parseOrganizationId(header) : undefined;
  if (organizationId !== undefined) return organizationId;
  throw new HttpProblem('malformed_header', 'an organization is named by lower-case letters, digits and hyphens', {
    param: 'Paystrata-Organization',
  });
}
