// The projection of events: what the event log is searched and counted by. Erased personal data leaves it.

import { TOKENIZER_VERSION, type RecordedEvent } from '@paystrata/application';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import type { Row } from '../rows.ts';
import { erasedSubjects } from '../reads/projecting/erased-subjects.ts';
import type { Projection, ProjectionSession } from '../reads/projecting/projection.ts';
import { eventOf, eventRow, eventWords, type EventRow } from './event-rows.ts';
import { eventCounts, eventPayments, events, eventTables, eventTablesOf, eventTerms, QUARTER } from './event-tables.ts';

/** Raise the first number with any change of what the rows hold. */
const VERSION = 2 * 1000 + TOKENIZER_VERSION;

export const eventsProjection: Projection = {
  name: 'events',
  version: VERSION,
  tables: eventTables,
  project: async (session, list) => {
    const rows = new Map(list.map((event) => [event.position, eventRow(event)]));
    for (const event of list) {
      if (event.type === 'PersonalDataErased') eraseNew(rows, event.organizationId, event.data.subject, event.position);
    }
    for (const { organizationId, subject } of erasedSubjects(list)) await eraseStored(session, organizationId, subject);
    const written = [...rows.values()];
    await session.change({ table: events, way: 'put', rows: written });
    await session.change({
      table: eventTerms,
      way: 'keep',
      rows: written.flatMap((row) => termRows(row, eventOf(row))),
    });
    await count(session, list);
  },
};

/** The key of a subject is gone: read again, the log says no more of what came before. */
function eraseNew(rows: Map<number, EventRow>, organization: OrganizationId, subject: SubjectId, before: number): void {
  for (const row of rows.values()) {
    if (row.organization !== organization || row.subject !== subject || row.position > before) continue;
    rows.set(row.position, eventRow(eventOf({ ...row, personal: null })));
  }
}

async function eraseStored(session: ProjectionSession, organization: OrganizationId, subject: SubjectId) {
  const query = eventTablesOf(session)
    .selectFrom('events as e')
    .select(['e.position', 'e.event', 'e.personal'])
    .where('e.organization', '=', organization)
    .where('e.subject', '=', subject);
  const found = await session.all(query.compile());
  const erased = (row: Row) => eventOf({ ...row, personal: null });
  const gone = found.flatMap((row) => {
    const kept = eventWords(erased(row));
    return termRows({ organization }, eventOf(row)).filter(({ term }) => !kept.has(term));
  });
  await session.change({ table: eventTerms, way: 'remove', rows: gone });
  await session.change({ table: events, way: 'put', rows: found.map((row) => eventRow(erased(row))) });
}

function termRows({ organization }: Pick<EventRow, 'organization'>, event: RecordedEvent) {
  return [...eventWords(event)].map((term) => ({ organization, term, position: event.position }));
}

async function count(session: ProjectionSession, list: readonly RecordedEvent[]): Promise<void> {
  const cells = new Map<
    string,
    { organization: string; quarter: number; type: string; actor: string; count: number }
  >();
  const payments = new Map<string, { organization: string; payment: string; count: number }>();
  for (const { organizationId: organization, paymentId: payment, at, type, actor } of list) {
    const quarter = Math.floor(at / QUARTER);
    const cell = increased(cells, JSON.stringify([organization, quarter, type, actor]), () => {
      return { organization, quarter, type, actor, count: 0 };
    });
    cell.count += 1;
    increased(payments, `${organization}/${payment}`, () => ({ organization, payment, count: 0 })).count += 1;
  }
  await session.change({ table: eventCounts, way: 'add', rows: [...cells.values()] });
  await session.change({ table: eventPayments, way: 'add', rows: [...payments.values()] });
}

function increased<Cell>(cells: Map<string, Cell>, name: string, make: () => Cell): Cell {
  const cell = cells.get(name) ?? make();
  cells.set(name, cell);
  return cell;
}
