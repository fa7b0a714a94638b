// Which generation of a projection's tables answers, and up to where each has the log.

import { PortFailure } from '@paystrata/application';
import { integer, text, type Row } from '../../rows.ts';
import { queryBuilder } from '../database/builder.ts';
import type { DialectName, ReadsSession } from '../database/reads-database.ts';
import type { Projection } from './projection.ts';

/** One generation of tables, and its checkpoint. */
export interface Generation {
  readonly number: number;
  readonly version: number;
  readonly epoch: string;
  /** The last event that the tables contain; 0: none. */
  readonly position: number;
  /** The id of that event; empty: none. */
  readonly eventId: string;
}

interface GenerationTables {
  readonly projections: { readonly name: string; readonly current: number; readonly newest: number };
  readonly generations: {
    readonly name: string;
    readonly generation: number;
    readonly version: number;
    readonly epoch: string;
    readonly position: number;
    readonly event_id: string;
    readonly tables: string;
    readonly touched_at: number;
  };
}

/** Named as they are in the database, whatever the generation. */
const tables = ['projections', 'generations'].map((name) => ({ name, columns: {}, key: [], indexes: [] }));

/** Any number that nobody else in the database uses for a lock: the letters "paysg". */
const PREPARE_LOCK = 0x7061797367;

/** Nobody fills it any more: whoever did has died. */
const ABANDONED_MS = 600_000;

export class Generations {
  readonly #projection: Projection;
  readonly #dialect: DialectName;

  constructor(projection: Projection, dialect: DialectName) {
    this.#projection = projection;
    this.#dialect = dialect;
  }

  /** Makes the tables of generations where there are none. */
  async prepare(session: ReadsSession): Promise<void> {
    const schema = this.#dialect === 'postgres' ? 'paystrata_reads.' : '';
    const statements = [
      // Processes that start at once: `if not exists` alone does not keep them from making a table twice.
      ...(this.#dialect === 'postgres' ? [`select pg_advisory_xact_lock(${PREPARE_LOCK})`] : []),
      `create table if not exists ${schema}projections (
        name text primary key, current bigint not null, newest bigint not null)`,
      `create table if not exists ${schema}generations (
        name text not null, generation bigint not null, version bigint not null, epoch text not null,
        position bigint not null, event_id text not null, tables text not null, touched_at bigint not null,
        primary key (name, generation))`,
    ];
    for (const sql of statements) await session.all({ sql, parameters: [] });
    const { name } = this.#projection;
    await session.all(
      this.#db
        .insertInto('projections')
        .values({ name, current: 0, newest: 0 })
        .onConflict((conflict) => conflict.column('name').doNothing())
        .compile(),
    );
  }

  /** The one that answers; null before there is any. */
  async current(session: ReadsSession): Promise<Generation | null> {
    const query = this.#db
      .selectFrom('projections as p')
      .innerJoin('generations as g', (join) =>
        join.onRef('g.name', '=', 'p.name').onRef('g.generation', '=', 'p.current'),
      )
      .select(['g.generation', 'g.version', 'g.epoch', 'g.position', 'g.event_id'])
      .where('p.name', '=', this.#projection.name);
    const [row] = await session.all(query.compile());
    return row === undefined ? null : this.#generationOf(row);
  }

  /** Locks which generation answers, until the transaction ends. */
  async lock(session: ReadsSession): Promise<void> {
    const query = this.#db
      .selectFrom('projections')
      .select('current')
      .where('name', '=', this.#projection.name)
      .$if(this.#dialect === 'postgres', (locked) => locked.forUpdate());
    await session.all(query.compile());
  }

  /** Locks the checkpoint of a generation until the transaction ends; null: it is gone. */
  async lockCheckpoint(session: ReadsSession, number: number): Promise<Generation | null> {
    const query = this.#db
      .selectFrom('generations')
      .select(['generation', 'version', 'epoch', 'position', 'event_id'])
      .where('name', '=', this.#projection.name)
      .where('generation', '=', number)
      .$if(this.#dialect === 'postgres', (locked) => locked.forUpdate());
    const [row] = await session.all(query.compile());
    return row === undefined ? null : this.#generationOf(row);
  }

  async moveCheckpoint(session: ReadsSession, number: number, position: number, eventId: string): Promise<void> {
    const query = this.#db
      .updateTable('generations')
      .set({ position, event_id: eventId, touched_at: Date.now() })
      .where('name', '=', this.#projection.name)
      .where('generation', '=', number);
    await session.all(query.compile());
  }

  /** Makes an empty generation beside the others. Lock first. */
  async create(session: ReadsSession, epoch: string): Promise<Generation> {
    const { name, version, tables: made } = this.#projection;
    const [row = {}] = await session.all(
      this.#db
        .updateTable('projections')
        .set(({ eb }) => ({ newest: eb('newest', '+', 1) }))
        .where('name', '=', name)
        .returning('newest')
        .compile(),
    );
    const number = integer(row, 'newest');
    await session.createTables(made, number);
    const names = made.map((table) => table.name).join(' ');
    const checkpoint = { name, generation: number, version, epoch, position: 0, event_id: '' };
    await session.all(
      this.#db
        .insertInto('generations')
        .values({ ...checkpoint, tables: names, touched_at: Date.now() })
        .compile(),
    );
    return { number, version, epoch, position: 0, eventId: '' };
  }

  /** From the end of the transaction on, this one answers. */
  async appoint(session: ReadsSession, number: number): Promise<void> {
    await session.all(
      this.#db.updateTable('projections').set({ current: number }).where('name', '=', this.#projection.name).compile(),
    );
  }

  /** Drops those that nobody reads and nobody fills; with `all`, also those that somebody may be filling. */
  async dropOthers(session: ReadsSession, keep: number, { all }: { readonly all: boolean }): Promise<void> {
    const query = this.#db
      .selectFrom('generations')
      .select(['generation', 'tables'])
      .where('name', '=', this.#projection.name)
      .where('generation', '<>', keep)
      .$if(!all, (some) => some.where('touched_at', '<', Date.now() - ABANDONED_MS));
    for (const row of await session.all(query.compile())) {
      await this.drop(session, integer(row, 'generation'), text(row, 'tables').split(' '));
    }
  }

  async drop(session: ReadsSession, number: number, named?: readonly string[]): Promise<void> {
    const { name, tables: made } = this.#projection;
    // The row first: whoever projects locks it before the tables too.
    await session.all(
      this.#db.deleteFrom('generations').where('name', '=', name).where('generation', '=', number).compile(),
    );
    await session.dropTables(named ?? made.map((table) => table.name), number);
  }

  get #db() {
    return queryBuilder<GenerationTables>(this.#dialect, tables, null);
  }

  #generationOf(row: Row): Generation {
    const version = integer(row, 'version');
    const known = this.#projection.version;
    if (version > known) {
      throw new PortFailure(
        'SCHEMA_TOO_NEW',
        `the projection ${this.#projection.name} has version ${version}, this release knows ${known}: run a newer one`,
        { details: { found: version, known } },
      );
    }
    return {
      number: integer(row, 'generation'),
      version,
      epoch: text(row, 'epoch'),
      position: integer(row, 'position'),
      eventId: text(row, 'event_id'),
    };
  }
}
