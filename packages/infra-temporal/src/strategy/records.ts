// The records themselves, wherever they are: in a workflow while it is open, in the archive once it has ended.

import type { PaymentKey } from '@paystrata/application';
import { evolveAll, noPersonalData, type PaymentState, type SubjectId } from '@paystrata/domain';
import type { PaymentArchive } from '../archive/payment-archive.ts';
import type { PaymentWorkflows } from '../client/payment-workflows.ts';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import type { ProjectionMessage, WorkflowEvent } from '../protocol/messages.ts';

export interface Records {
  /** All events as they are kept, in order; none where there is no such payment. @throws PortFailure */
  eventsOf(key: PaymentKey): Promise<readonly WorkflowEvent[]>;
  /** The payment, strongly consistent, with its personal data open. @throws PortFailure */
  paymentOf(key: PaymentKey): Promise<PaymentState>;
  subjectOf(key: PaymentKey): Promise<SubjectId | null>;
  /** Every payment there is, with its events. */
  list(): AsyncGenerator<ProjectionMessage>;
}

interface Sources {
  readonly workflows: Pick<PaymentWorkflows, 'record' | 'list'>;
  readonly archive: PaymentArchive | null;
  readonly seals: PersonalSeals;
}

export function createRecords({ workflows, archive, seals }: Sources): Records {
  const eventsOf = async (key: PaymentKey): Promise<readonly WorkflowEvent[]> => {
    const archived = (await archive?.eventsOf(key)) ?? [];
    return archived.length > 0 ? archived : ((await workflows.record(key))?.events ?? []);
  };
  return {
    eventsOf,
    paymentOf: async (key) => {
      const events = await eventsOf(key);
      const subject = subjectIn(events);
      if (subject === null) return null;
      return evolveAll(null, (await seals.open(subject, events, noPersonalData)).events);
    },
    subjectOf: async (key) => subjectIn(await eventsOf(key)),
    list: async function* list() {
      for await (const { organizationId, paymentId } of workflows.list()) {
        const events = (await workflows.record({ organizationId, paymentId }))?.events ?? [];
        if (events.length > 0) yield { organizationId, paymentId, events };
      }
      if (archive === null) return;
      for await (const { organizationId, paymentId } of archive.list()) {
        yield { organizationId, paymentId, events: await archive.eventsOf({ organizationId, paymentId }) };
      }
    },
  };
}

function subjectIn([first]: readonly WorkflowEvent[]): SubjectId | null {
  return first !== undefined && 'subject' in first.data ? first.data.subject : null;
}
