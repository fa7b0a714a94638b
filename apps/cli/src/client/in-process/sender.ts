// Who sends commands and queries from the command line.

import { userInfo } from 'node:os';
import { accessScopes, type AccessScope, type OrganizationId } from '@paystrata/application';

export interface Sender {
  readonly organizationId: OrganizationId;
  /** Such as `cli:anna`: recorded with each event. */
  readonly actor: string;
  readonly scopes: readonly AccessScope[];
}

/** Whoever can open the store may do everything to it. */
export function localSender(organizationId: OrganizationId): Sender {
  return { organizationId, actor: `cli:${userName()}`, scopes: accessScopes };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // Containers may run under an id that has no name.
    return String(process.getuid?.() ?? 'unknown');
  }
}
