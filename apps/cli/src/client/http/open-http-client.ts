// A client of a running API.

import type { OrganizationId } from '@paystrata/application';
import { CommandError } from '../../errors/command-error.ts';
import type { Client } from '../client.ts';

export interface HttpClientOptions {
  readonly url: string;
  readonly key: string | null;
  /** Named with each request; null: that of the key. */
  readonly organization: OrganizationId | null;
}

export async function openHttpClient({ url }: HttpClientOptions): Promise<Client> {
  throw new CommandError('UNREACHABLE', `nothing talks to ${url} yet`);
}
