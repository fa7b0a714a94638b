// For tests: what the tables of events must answer in any database, held against the plain functions.

import assert from 'node:assert/strict';
import {
  countEvents,
  searchEvents,
  trendsOf,
  type EventPage,
  type RecordedEvent,
  type SearchEvents,
} from '@paystrata/application';
import { eraseEvent } from '@paystrata/domain';
import fc from 'fast-check';
import { it } from 'vitest';
import type { ReadsDatabase } from '../../reads/database/reads-database.ts';
import { sessionOn, type ProjectionSession } from '../../reads/projecting/projection.ts';
import { acme } from '../../testing/entries.ts';
import { eventStatistics, eventTrends } from '../count-events.ts';
import { eventTables, eventTablesOf } from '../event-tables.ts';
import { eventsProjection } from '../events-projection.ts';
import { findEvents } from '../search-events.ts';
import { eventSearches, eventStatisticsQueries, eventTrendsQueries, logs } from './random-events.ts';

const scope = { organizationId: acme, epoch: 'e' };
let generations = 0;

/** What the log says at its end: nothing personal of a subject from before it was erased. */
function asItIsNow(log: readonly RecordedEvent[]): readonly RecordedEvent[] {
  return log.map((event) => {
    if (!('subject' in event.data)) return event;
    const { subject } = event.data;
    const isErased = log.some(
      ({ type, data, organizationId, position }) =>
        type === 'PersonalDataErased' &&
        data.subject === subject &&
        organizationId === event.organizationId &&
        position > event.position,
    );
    return isErased ? { ...event, ...eraseEvent(event) } : event;
  });
}

async function pagesOf(search: (query: SearchEvents) => Promise<EventPage>, query: SearchEvents) {
  const pages = [await search(query)];
  for (let next = pages[0]?.next ?? null; next !== null; next = pages.at(-1)?.next ?? null) {
    pages.push(await search({ ...query, cursor: next }));
  }
  return pages;
}

/** Declares the tests. `runs`: of each property. */
export function declareEventCases(database: () => ReadsDatabase, runs: number): void {
  type Read = <T>(work: (session: ProjectionSession) => Promise<T>) => Promise<T>;

  async function projected(log: readonly RecordedEvent[], ask: (read: Read) => Promise<void>): Promise<void> {
    const generation = (generations += 1);
    const { dialect } = database();
    await database().transaction((session) => session.createTables(eventTables, generation));
    for (let at = 0; at < log.length; at += 7) {
      const batch = log.slice(at, at + 7);
      await database().transaction((session) =>
        eventsProjection.project(sessionOn(session, dialect, generation), batch),
      );
    }
    await ask((work) => database().snapshot((session) => work(sessionOn(session, dialect, generation))));
    const names = eventTables.map(({ name }) => name);
    await database().transaction((session) => session.dropTables(names, generation));
  }

  it('answers searches as the plain functions do, page by page', async () => {
    const questions = fc.array(eventSearches, { minLength: 5, maxLength: 5 });
    const property = fc.asyncProperty(logs, questions, (log, queries) =>
      projected(log, async (read) => {
        const ours = asItIsNow(log).filter(({ organizationId }) => organizationId === acme);
        for (const query of queries) {
          const inDirection = query.descending ? ours.toReversed() : ours;
          const expected = await pagesOf((each) => searchEvents(inDirection, each, scope), query);
          const found = await pagesOf((each) => read((session) => findEvents(session, each, scope)), query);
          assert.deepEqual(found, expected);
        }
      }),
    );
    await fc.assert(property, { numRuns: runs });
  });

  it('counts as the plain functions do, in all and over time', async () => {
    const property = fc.asyncProperty(
      logs,
      fc.array(eventStatisticsQueries, { minLength: 4, maxLength: 4 }),
      fc.array(eventTrendsQueries, { minLength: 4, maxLength: 4 }),
      (log, statistics, trends) =>
        projected(log, async (read) => {
          const ours = asItIsNow(log).filter(({ organizationId }) => organizationId === acme);
          for (const query of statistics) {
            const found = await read((session) => eventStatistics(session, acme, query));
            assert.deepEqual(found, await countEvents(ours, query));
          }
          for (const query of trends) {
            const found = await read((session) => eventTrends(session, acme, query)).catch(messageOf);
            assert.deepEqual(found, await trendsOf(ours, query).catch(messageOf));
          }
        }),
    );
    await fc.assert(property, { numRuns: runs });
  });

  it('keeps no word of erased personal data, and of all that is kept', async () => {
    const property = fc.asyncProperty(logs, (log) =>
      projected(log, async (read) => {
        let words: readonly unknown[] = [];
        await projected(asItIsNow(log), async (readNew) => {
          words = await readNew(allWords);
        });
        assert.deepEqual(await read(allWords), words);
      }),
    );
    await fc.assert(property, { numRuns: runs });
  });
}

async function allWords(session: ProjectionSession): Promise<readonly unknown[]> {
  const db = eventTablesOf(session);
  const terms = db.selectFrom('event_terms as t').selectAll().orderBy('t.position').orderBy('t.term');
  const events = db.selectFrom('events as e').selectAll().orderBy('e.position');
  return [...(await session.all(terms.compile())), ...(await session.all(events.compile()))].map((row) => ({ ...row }));
}

function messageOf(error: unknown): string {
  return String(error);
}
