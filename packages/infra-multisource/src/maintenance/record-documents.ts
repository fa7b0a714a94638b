// All documents of an organization as the record has them, page by page.

import type { PaymentDocument } from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import type { ComparedRecord } from './compare-source.ts';

const PAGE = 500;

/** In the order of ids. @throws what the signal was aborted with */
export async function* pagesOf(
  record: Pick<ComparedRecord, 'documents'>,
  organizationId: OrganizationId,
  signal: AbortSignal | undefined,
): AsyncGenerator<readonly PaymentDocument[]> {
  for (let page = await record.documents(organizationId, null, PAGE); ;) {
    signal?.throwIfAborted();
    yield page;
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return;
    // The first one is that which the page before ended with.
    page = (await record.documents(organizationId, last.payment.id, PAGE + 1)).slice(1);
  }
}
