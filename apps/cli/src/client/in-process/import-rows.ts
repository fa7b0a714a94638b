// Imports rows through the command bus, and looks up what references are taken.

import {
  commandContext,
  InvalidMessage,
  paymentIdFor,
  queryContext,
  type BulkResult,
  type OrganizationId,
} from '@paystrata/application';
import type { Composition } from '@paystrata/composition';
import type { FindReferences, ImportTarget, KnownPayment, RowOutcome } from '../../import/import-target.ts';
import type { Sender } from './sender.ts';

/** Rows whose outcome a port failed to tell make the whole call fail with that failure. */
export function rowImporter({ commands, ids }: Composition, sender: Sender): ImportTarget['importRows'] {
  return async (organizationId, rows) => {
    const context = commandContext({ ...sender, organizationId: organizationId ?? sender.organizationId }, ids);
    const results = await commands.execute({ type: 'ImportPayments', rows: [...rows] }, context);
    return results.map(outcomeOf);
  };
}

function outcomeOf(result: BulkResult): RowOutcome {
  if (result.ok) return { kind: 'imported' };
  if ('failure' in result) {
    if (!(result.failure instanceof InvalidMessage)) throw result.failure;
    const message = result.failure.issues.map((issue) => `${issue.path} ${issue.message}`.trim()).join('; ');
    return { kind: 'refused', code: 'row_malformed', message };
  }
  const { code, message, details } = result.rejection;
  if (code === 'payment_exists') return { kind: 'exists', sameAmount: details['sameAmount'] === true };
  return { kind: 'refused', code, message };
}

/** A reference names its payment, so that it is one read each. */
export function referenceFinder({ queries, ids }: Composition, sender: Sender): FindReferences {
  return (named, references) => {
    const organizationId = named ?? sender.organizationId;
    return Promise.all(references.map((reference) => find(organizationId, reference)));
  };

  async function find(organizationId: OrganizationId, reference: string): Promise<KnownPayment | null> {
    const paymentId = paymentIdFor(organizationId, reference, ids);
    const context = queryContext({ ...sender, organizationId }, ids);
    const document = await queries.execute({ type: 'GetPayment', paymentId }, context);
    return document?.payment.amount ?? null;
  }
}
