// Whose personal data the events of a batch erase: an erasure of many payments is an event each.

import type { RecordedEvent } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';

export interface ErasedSubject {
  readonly organizationId: OrganizationId;
  readonly subject: SubjectId;
}

/** Each once. */
export function erasedSubjects(events: readonly RecordedEvent[]): Iterable<ErasedSubject> {
  const subjects = new Map<string, ErasedSubject>();
  for (const event of events) {
    if (event.type !== 'PersonalDataErased') continue;
    const { organizationId, data } = event;
    subjects.set(`${organizationId}/${data.subject}`, { organizationId, subject: data.subject });
  }
  return subjects.values();
}
