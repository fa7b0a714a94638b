// Who sends a message and in which connection: what travels beside commands and queries.

import { parseCommandId, type CommandId, type OrganizationId, type PaymentId } from '@paystrata/domain';
import type { AccessScope } from '../ports/access.ts';
import type { Ids } from '../ports/ids.ts';
import type { ReadContext } from '../ports/read-model.ts';

interface Sender {
  readonly organizationId: OrganizationId;
  /** An API key's id, a user of the command line, or `system`. */
  readonly actor: string;
  /** What the sender may do; the authorization hook decides by it. */
  readonly scopes: readonly AccessScope[];
  readonly correlationId: string;
}

export interface CommandContext extends Sender {
  readonly userId: string | null;
  readonly causationId: string | null;
  /** The same id again never acts again. */
  readonly commandId: CommandId;
  /**
   * The id of a payment that the command makes, unless it follows from a reference. Chosen beforehand by whoever may
   * have to send the command again; null: made when the command is handled.
   */
  readonly newPaymentId: PaymentId | null;
  /** The version the sender has seen; null: whatever is current. */
  readonly expectedVersion: number | null;
  /** True: answer once the command is stored, without waiting for the gateway. */
  readonly respondAsync: boolean;
}

export interface QueryContext extends Sender, ReadContext {}

type Given<Context> = Pick<Context, 'organizationId' & keyof Context> & Partial<Context>;

/** Fills in what the sender did not give: new ids, no expected version, waiting for the gateway. */
export function commandContext(given: Given<CommandContext>, ids: Ids): CommandContext {
  const commandId = given.commandId ?? parseCommandId(ids.next());
  if (commandId === undefined) throw new Error('the Ids port made something that is not a command id');
  return {
    actor: 'system',
    scopes: [],
    userId: null,
    correlationId: commandId,
    causationId: null,
    newPaymentId: null,
    expectedVersion: null,
    respondAsync: false,
    ...given,
    commandId,
  };
}

/** How long a read waits for the position it was asked for, unless the sender says otherwise. */
export const READ_TIMEOUT_MS = 5000;

export function queryContext(given: Given<QueryContext>, ids: Ids): QueryContext {
  return {
    actor: 'system',
    scopes: [],
    correlationId: ids.next(),
    atLeast: null,
    timeoutMs: READ_TIMEOUT_MS,
    ...given,
  };
}
