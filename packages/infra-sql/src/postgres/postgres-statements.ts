// The statements of the PostgreSQL journal, prepared once a connection.

import type { QueryConfig } from 'pg';
import { PAYMENT_CATEGORY, type ExpectedVersion, type StreamName } from '@paystrata/application';
import { eventsQuery, streamQuery, type Dialect } from '../journal/event-queries.ts';
import { expectedNumber } from '../journal/journal-rows.ts';
import type { Erasure, JournalRequest, StreamRange } from '../journal/journal.ts';
import { literal } from './commit-statement.ts';

const dialect: Dialect = { parameter: '$', schema: 'paystrata.' };
const state = 'j.position as head, j.epoch, exists (select from paystrata.erasures) as erasing';
const named = 's.name = $1 and s.category = $2 and s.organization = $3';

/** The document and what became of a command, in one round trip; always one row. */
export function loadQuery({ organizationId, category, id }: StreamName, eventId: string | null): QueryConfig {
  return {
    name: 'paystrata_load',
    text: `select ${state}, s.subject, s.state, s.sealed, s.position,
        coalesce(
          (select e.version from paystrata.events e where e.stream = s.stream and e.version <= 16 and e.id = $4),
          (select e.version from paystrata.events e where e.stream = s.stream and e.version > 16 and e.id = $4)
        ) as applied
      from paystrata.journal j left join paystrata.streams s on ${named}`,
    values: [id, category, organizationId, eventId],
  };
}

/** At least one row: the head of the log, with one event each where there are any. One snapshot sees both. */
export function readQuery(request: JournalRequest): QueryConfig {
  const { name, text, values } = eventsQuery(request, dialect);
  return {
    name,
    text: `select ${state}, found.*
      from paystrata.journal j left join lateral (${text}) found on true
      order by found.position ${request.direction === 'forward' ? 'asc' : 'desc'}`,
    values: [...values],
  };
}

/** At least one row, as `readQuery`; without a stream where there is none. */
export function readStreamQuery(stream: StreamName, range: StreamRange): QueryConfig {
  const { name, text, values } = streamQuery(stream, range, dialect);
  return {
    name,
    text: `select ${state}, found.* from paystrata.journal j left join lateral (${text}) found on true
      order by found.version ${range.direction === 'forward' ? 'asc' : 'desc'}`,
    values: [...values],
  };
}

export const headQuery: QueryConfig = {
  name: 'paystrata_head',
  text: 'select position as head, epoch from paystrata.journal',
};

export function metadataQuery({ organizationId, category, id }: StreamName): QueryConfig {
  return {
    text: `select s.metadata, s.metadata_revision from paystrata.streams s where ${named}`,
    values: [id, category, organizationId],
  };
}

export function setMetadataStatement(stream: StreamName, value: string, expectedRevision: number): string {
  return `select paystrata.set_metadata(${literals(stream)}, ${literal(value)}, ${expectedRevision}) as actual`;
}

export function tombstoneStatement(stream: StreamName, expected: ExpectedVersion): string {
  return `select paystrata.end_stream(${literals(stream)}, ${expectedNumber(expected)}) as actual`;
}

function literals({ organizationId, category, id }: StreamName): string {
  return [organizationId, category, id].map(literal).join(', ');
}

export const keyringQuery: QueryConfig = { text: 'select keyring from paystrata.journal' };

export function claimKeyringQuery(fingerprint: string): QueryConfig {
  return {
    text: 'update paystrata.journal set keyring = coalesce(keyring, $1) returning keyring',
    values: [fingerprint],
  };
}

export const newestSealedQuery: QueryConfig = {
  text: `select s.organization, s.category, s.name, s.subject, s.state, s.sealed, s.position from paystrata.streams s
    where s.sealed is not null
      and not exists (select from paystrata.erasures e where e.organization = s.organization and e.subject = s.subject)
    order by s.stream desc limit 1`,
};

export const erasuresQuery: QueryConfig = { text: 'select id, organization, subject, key from paystrata.erasures' };

export function nameErasedKeyQuery({ organizationId, subject, id }: Erasure, keyId: string): QueryConfig {
  return {
    text: `update paystrata.erasures set key = coalesce(key, $4)
      where organization = $1 and subject = $2 and id = $3 returning key`,
    values: [organizationId, subject, id, keyId],
  };
}

export function purgeQuery({ organizationId, subject, id }: Erasure): QueryConfig {
  const whose = `subject = ${literal(subject)} and organization = ${literal(organizationId)}`;
  const own = `name = ${literal(subject)} and category = '${PAYMENT_CATEGORY}' and subject = name`;
  const forgotten = 'exists (select from forgotten)';
  return {
    text: `with forgotten as (
        delete from paystrata.erasures where ${whose} and id = ${id} returning id
      ), purged as (
        update paystrata.streams set sealed = null
          where ${whose} and subject <> name and sealed is not null and ${forgotten}
      )
      update paystrata.streams set sealed = null
        where ${own} and organization = ${literal(organizationId)} and ${forgotten}`,
  };
}
