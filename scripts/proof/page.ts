// The page of a proof's report, and what a record of a proof must look like.

/** What one proof left. */
export interface ProofRecord {
  readonly part: string;
  readonly property: string;
  readonly store: string;
  readonly reached: string;
  readonly seconds: number;
  /** ISO 8601. */
  readonly date: string;
  readonly commit: string | null;
}

/** Every part that belongs to a whole proof, with the stores it is run on and the figure that is asked for. */
const asked: readonly { readonly part: string; readonly stores: readonly string[]; readonly figure: string }[] = [
  { part: 'kill', stores: ['SQLite', 'PostgreSQL'], figure: '200 kills, ≥ 50,000 acknowledged' },
  { part: 'kill', stores: ['Temporal'], figure: '200 kills of worker, server and both, ≥ 50,000 acknowledged' },
  { part: 'synced', stores: ['SQLite', 'PostgreSQL'], figure: 'sync before the answer' },
  { part: 'disk-full', stores: ['SQLite', 'PostgreSQL'], figure: 'no false acknowledgement' },
  { part: 'feed', stores: ['SQLite', 'PostgreSQL'], figure: '32 writers, 100,000 events' },
  { part: 'one-winner', stores: ['SQLite', 'PostgreSQL'], figure: 'exactly one, counted' },
  { part: 'linearizable', stores: ['SQLite', 'PostgreSQL'], figure: '16 clients, 100,000 operations' },
  { part: 'lost-answer', stores: ['SQLite', 'PostgreSQL'], figure: '10,000 times' },
  { part: 'suspended', stores: ['PostgreSQL'], figure: 'nobody waits' },
  { part: 'clock', stores: ['SQLite', 'PostgreSQL'], figure: '± 1 h' },
  { part: 'churn', stores: ['memory-cqs'], figure: 'ten minutes, bounded memory' },
  { part: 'cqrs-fresh', stores: ['memory-cqrs'], figure: '100,000 write–read pairs, 200 ms behind, none stale' },
  { part: 'cqrs-lag', stores: ['memory-cqrs'], figure: 'lag p99 under load reported' },
  { part: 'cqrs-churn', stores: ['memory-cqrs'], figure: 'ten minutes, bounded memory' },
  { part: 'converge-crash', stores: ['PostgreSQL'], figure: '500 crash points, equal ≤ 5 s after' },
  {
    part: 'converge-network',
    stores: ['PostgreSQL'],
    figure: 'cut, slow, half-open, reset, held still 10 s: equal ≤ 5 s after',
  },
  {
    part: 'converge-lease',
    stores: ['PostgreSQL'],
    figure: 'a process held still: never an older version over a newer one',
  },
  {
    part: 'converge-import',
    stores: ['PostgreSQL, Redis, OpenSearch, files'],
    figure: 'the real file, killed in the middle and resumed: every source equal to SQL',
  },
  { part: 'read-your-writes', stores: ['PostgreSQL'], figure: '100,000 pairs, 200 ms behind, none stale' },
  { part: 'source-down-breaker', stores: ['PostgreSQL'], figure: 'open ≤ 1 s at 20 requests/s' },
  { part: 'source-down-reads', stores: ['PostgreSQL'], figure: 'point reads p99 ≤ 2×, every write succeeds' },
  { part: 'stampede', stores: ['PostgreSQL'], figure: '1,000 reads, one load' },
  { part: 'http-lost-answer', stores: ['SQLite'], figure: '10,000 times' },
  { part: 'http-kill', stores: ['SQLite', 'PostgreSQL'], figure: 'kill -9 under load, same keys: nothing doubled' },
  { part: 'sse-readers', stores: ['memory-cqs'], figure: '1,000 readers, 100 stall: the others miss nothing' },
  { part: 'event-loop', stores: ['memory-cqs', 'event-sourced'], figure: 'never held for 50 ms' },
  { part: 'million-rows', stores: ['API'], figure: '1,000,000 rows in bounded memory' },
  { part: 'million-events', stores: ['SQLite'], figure: '1,000,000 events out and in, killed once, in bounded memory' },
  { part: 'first-view', stores: ['memory-cqs'], figure: 'below 1 s' },
  { part: 'scrolling', stores: ['memory-cqs'], figure: '100,000 payments, the work fits into a frame' },
];

/** @throws Error where it is none. */
export function parseRecord(value: unknown): ProofRecord {
  if (typeof value !== 'object' || value === null) throw new Error('a record of a proof is an object');
  const fields = new Map<string, unknown>(Object.entries(value));
  const text = (name: string): string => {
    const field = fields.get(name);
    if (typeof field === 'string') return field;
    throw new Error(`a record of a proof has the text ${name}`);
  };
  const seconds = fields.get('seconds');
  if (typeof seconds !== 'number') throw new Error('a record of a proof has the number seconds');
  const commit = fields.get('commit') === null ? null : text('commit');
  const [part, property, store] = [text('part'), text('property'), text('store')];
  return { part, property, store, reached: text('reached'), seconds, date: text('date'), commit };
}

/** Markdown; what is missing is said. */
export function proofPage(date: string, machine: string, proofs: readonly ProofRecord[]): string {
  const rows = asked.flatMap(({ part, stores, figure }) =>
    stores.map((store) => {
      const found = proofs.find((proof) => proof.part === part && proof.store === store);
      if (found === undefined) return `| ${part} | ${store} | ${figure} | **not run** | | | |`;
      return rowOf(found, figure);
    }),
  );
  const isAsked = (proof: ProofRecord) =>
    asked.some(({ part, stores }) => proof.part === part && stores.includes(proof.store));
  const others = proofs.filter((proof) => !isAsked(proof)).map((proof) => rowOf(proof, ''));
  return [
    `# Proof of ${date}`,
    '',
    `Machine: ${machine}.`,
    '',
    'Written by `npm run proof`; `npm run proof -- kill` runs one part. A proof that fails leaves no row. Times are UTC.',
    '',
    '| property | store | asked for | reached | took | at | commit |',
    '| --- | --- | --- | --- | ---: | --- | --- |',
    ...rows,
    ...others,
    '',
  ].join('\n');
}

function rowOf({ part, property, store, reached, seconds, date, commit }: ProofRecord, figure: string): string {
  const at = date.slice(0, 16).replace('T', ' ');
  return `| ${part}: ${property} | ${store} | ${figure} | ${reached} | ${seconds} s | ${at} | ${commit ?? ''} |`;
}
