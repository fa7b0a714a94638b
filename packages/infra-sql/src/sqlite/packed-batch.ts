// A batch of entries by columns, for the way to the writing thread: copied in a third of the time that the objects take.

import type { ExpectedVersion } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import type { JournalEntry } from '../journal/journal.ts';

type Document = NonNullable<JournalEntry['document']>;

/** One place an entry in each list but the last two, which have one an event. */
export interface PackedBatch {
  readonly organizations: OrganizationId[];
  readonly categories: string[];
  readonly ids: string[];
  readonly expected: ExpectedVersion[];
  /** Null: the entry has no document. */
  readonly subjects: (SubjectId | null)[];
  readonly states: Document['state'][];
  readonly sealed: Document['sealed'][];
  readonly keepSealed: boolean[];
  readonly erased: JournalEntry['erased'][];
  readonly counts: number[];
  readonly eventIds: (string | null)[];
  readonly texts: string[];
}

export function packBatch(batch: readonly JournalEntry[]): PackedBatch {
  const packed: PackedBatch = {
    ...{ organizations: [], categories: [], ids: [], expected: [], subjects: [], states: [], sealed: [] },
    ...{ keepSealed: [], erased: [], counts: [], eventIds: [], texts: [] },
  };
  for (const { stream, expected, events, document, erased } of batch) {
    packed.organizations.push(stream.organizationId);
    packed.categories.push(stream.category);
    packed.ids.push(stream.id);
    packed.expected.push(expected);
    packed.subjects.push(document?.subject ?? null);
    packed.states.push(document?.state ?? '');
    packed.sealed.push(document?.sealed ?? null);
    packed.keepSealed.push(document?.keepSealed ?? false);
    packed.erased.push(erased);
    packed.counts.push(events.length);
    for (const { id, text } of events) {
      packed.eventIds.push(id);
      packed.texts.push(text);
    }
  }
  return packed;
}

export function unpackBatch(packed: PackedBatch): readonly JournalEntry[] {
  let from = 0;
  return packed.organizations.map((organizationId, place) => {
    const subject = at(packed.subjects, place);
    const [state, sealed, keepSealed] = [
      at(packed.states, place),
      at(packed.sealed, place),
      at(packed.keepSealed, place),
    ];
    const upTo = from + at(packed.counts, place);
    const events = [];
    for (; from < upTo; from += 1) events.push({ id: at(packed.eventIds, from), text: at(packed.texts, from) });
    return {
      stream: { organizationId, category: at(packed.categories, place), id: at(packed.ids, place) },
      expected: at(packed.expected, place),
      events,
      document: subject === null ? null : { subject, state, sealed, keepSealed },
      erased: at(packed.erased, place),
    };
  });
}

function at<T>(list: readonly T[], place: number): T {
  const found = list[place];
  if (found === undefined) throw new Error(`a packed batch ends before its entry ${place}`);
  return found;
}
