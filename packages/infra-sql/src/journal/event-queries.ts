// The queries that read events, for both databases, each from the index that holds nothing else.

import { PAYMENT_CATEGORY, type StreamName } from '@paystrata/application';
import type { JournalRequest, StreamRange } from './journal.ts';

/** How a database writes the number of a parameter, and the schema of the tables. */
export interface Dialect {
  readonly parameter: '$' | '?';
  readonly schema: 'paystrata.' | '';
}

export interface EventQuery {
  /** The same for the same text. */
  readonly name: string;
  readonly text: string;
  readonly values: readonly (string | number)[];
}

/** At most as many events as the request says, by position. */
export function eventsQuery(request: JournalRequest, { parameter, schema }: Dialect): EventQuery {
  const { direction, organizationId, category, id } = request;
  const [sign, sort] = direction === 'forward' ? ['>', 'asc'] : ['<', 'desc'];
  const values: (string | number)[] = [
    request.from ?? (direction === 'forward' ? 0 : Number.MAX_SAFE_INTEGER),
    request.limit,
  ];
  const add = (value: string) => `${parameter}${values.push(value)}`;
  const part = (where: string, order: string) => `select position, version, stream, text, segment, chain
    from ${schema}events where position ${sign} ${parameter}1 and ${where} order by ${order} ${sort} limit ${parameter}2`;
  const texts: string[] = [];
  const kind = kindOf(request);
  if (id !== undefined && category !== undefined) {
    const ofOrganization = organizationId === undefined ? '' : ` and organization = ${add(organizationId)}`;
    const streams = `select stream from ${schema}streams
      where name = ${add(id)} and category = ${add(category)}${ofOrganization}`;
    // In a stream, versions are in the order of positions.
    const [where, order] = organizationId === undefined ? ['stream in', 'position'] : ['stream =', 'version'];
    texts.push(part(`${where} (${streams})`, order));
  } else {
    const ofOrganization = organizationId === undefined ? '' : ` and organization = ${add(organizationId)}`;
    const ofCategory = kind.includes('other') ? ` and category = ${add(category ?? '')}` : '';
    texts.push(...indexes[kind].map((where) => part(`${where}${ofOrganization}${ofCategory}`, 'position')));
  }
  return {
    name: `paystrata_${direction}_${kind}${organizationId === undefined ? '' : '_of'}`,
    text: `select e.position, e.version, e.text, e.segment, e.chain, s.organization, s.category, s.name
      from (${together(texts, sort, `${parameter}2`)}) e cross join ${schema}streams s where s.stream = e.stream
      order by e.position ${sort}`,
    values,
  };
}

/** At most as many events of a stream as the range says, by version. */
export function streamQuery(
  { organizationId, category, id }: StreamName,
  { direction, from, limit }: StreamRange,
  { parameter, schema }: Dialect,
): EventQuery {
  const [sign, sort] = direction === 'forward' ? ['>=', 'asc'] : ['<=', 'desc'];
  const start = from ?? (direction === 'forward' ? 1 : MAX_VERSION);
  return {
    name: `paystrata_stream_${direction}`,
    text: `select s.version as stream_version, e.position, e.version, e.text, e.segment, e.chain,
        s.organization, s.category, s.name
      from ${schema}streams s left join ${schema}events e on e.stream = s.stream and e.version ${sign} ${parameter}4
      where s.name = ${parameter}1 and s.category = ${parameter}2 and s.organization = ${parameter}3
      order by e.version ${sort} limit ${parameter}5`,
    values: [id, category, organizationId, start, limit],
  };
}

/** Of PostgreSQL's `integer`. */
const MAX_VERSION = 2 ** 31 - 1;

type Kind = 'stream' | 'payments' | 'other' | 'all';

function kindOf({ organizationId, category, id }: JournalRequest): Kind | 'mixed' {
  if (category === undefined) return organizationId === undefined ? 'all' : 'mixed';
  if (id !== undefined) return 'stream';
  return category === PAYMENT_CATEGORY ? 'payments' : 'other';
}

const payments = `category = '${PAYMENT_CATEGORY}'`;
const others = `category <> '${PAYMENT_CATEGORY}'`;

/** What each partial index holds; the events of an organization are in two. */
const indexes = {
  stream: [],
  payments: [payments],
  other: [others],
  all: ['true'],
  mixed: [payments, others],
} as const;

function together(texts: readonly string[], sort: string, limit: string): string {
  const [first = ''] = texts;
  if (texts.length === 1) return first;
  const all = texts.map((text, index) => `select * from (${text}) p${index}`).join(' union all ');
  return `${all} order by position ${sort} limit ${limit}`;
}
