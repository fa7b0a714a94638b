// The projected log: every payment's events in the order in which they were projected, in SQLite. Derived, so it may
// be lost: it is filled again from the workflows. Several processes may share its file.

import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { decodeEvent, encodeEvent, type LogPage, type LogRequest, type LogSource } from '@paystrata/application';
import type { PaymentKey } from '@paystrata/application';
import { eraseEvent } from '@paystrata/domain';
import type { ProjectionMessage } from '../protocol/messages.ts';
import { readRequest } from './read-request.ts';

/** Promises what a log source does; `append` may be called again with what it has. */
export interface ProjectionLog extends LogSource {
  /** True where it holds nothing and never did: it has to be filled from the workflows. */
  readonly fresh: boolean;
  /**
   * Appends the events that follow upon what it has of the payment, and leaves out those it has.
   *
   * @returns the payment's version here, after that.
   */
  append(message: ProjectionMessage): number;
  versionOf(key: PaymentKey): number;
  /** Writes the payment's events anew, each in the place that it has, and appends what is missing. */
  rewrite(message: ProjectionMessage): void;
  close(): void;
}

const schema = `
  CREATE TABLE IF NOT EXISTS life (epoch TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS events (
    position INTEGER PRIMARY KEY,
    organization TEXT NOT NULL,
    payment TEXT NOT NULL,
    version INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (organization, payment, version)
  ) STRICT;`;

/** @param file null: in memory, of this process alone. */
export function openProjectionLog(file: string | null): ProjectionLog {
  const db = new DatabaseSync(file ?? ':memory:', { timeout: 5000 });
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; ${schema}`);
  return new SqliteProjectionLog(db);
}

class SqliteProjectionLog implements ProjectionLog {
  readonly #db: DatabaseSync;
  readonly fresh: boolean;

  constructor(db: DatabaseSync) {
    this.#db = db;
    this.fresh = this.#atomically(() => {
      const fresh = db.prepare('SELECT epoch FROM life').get() === undefined;
      if (fresh) this.#beginLife();
      return fresh;
    });
  }

  epoch(): string {
    return String(this.#db.prepare('SELECT epoch FROM life').get()?.['epoch']);
  }

  append(message: ProjectionMessage): number {
    return this.#atomically(() => {
      let version = this.versionOf(message);
      for (const event of message.events) {
        if (event.version !== version + 1) continue;
        this.#insert.run(event.organizationId, event.paymentId, event.version, encodeEvent(event));
        version = event.version;
        if (event.type === 'PersonalDataErased') this.#erase(message);
      }
      return version;
    });
  }

  versionOf({ organizationId, paymentId }: PaymentKey): number {
    const newest = this.#db.prepare(
      'SELECT max(version) AS version FROM events WHERE organization = ? AND payment = ?',
    );
    return Number(newest.get(organizationId, paymentId)?.['version'] ?? 0);
  }

  async readAll(request: LogRequest): Promise<LogPage> {
    return readRequest(this.#db, request);
  }

  rewrite(message: ProjectionMessage): void {
    this.#atomically(() => {
      const update = this.#db.prepare(
        'UPDATE events SET text = ? WHERE organization = ? AND payment = ? AND version = ?',
      );
      for (const event of message.events) {
        update.run(encodeEvent(event), event.organizationId, event.paymentId, event.version);
      }
    });
    this.append(message);
  }

  close(): void {
    this.#db.close();
  }

  get #insert() {
    return this.#db.prepare(
      `INSERT INTO events (position, organization, payment, version, text)
       VALUES ((SELECT coalesce(max(position), 0) + 1 FROM events), ?, ?, ?, ?)`,
    );
  }

  #beginLife(): void {
    this.#db.prepare('INSERT INTO life (epoch) VALUES (?)').run(randomBytes(12).toString('hex'));
  }

  /** Rewrites the payment's events without what is personal in them. */
  #erase({ organizationId, paymentId }: PaymentKey): void {
    const rows = this.#db
      .prepare('SELECT position, text FROM events WHERE organization = ? AND payment = ?')
      .all(organizationId, paymentId);
    const update = this.#db.prepare('UPDATE events SET text = ? WHERE position = ?');
    for (const row of rows) {
      const position = Number(row['position']);
      update.run(encodeEvent(eraseEvent(decodeEvent(String(row['text']), position))), position);
    }
  }

  /** The lock is taken before anything is read, so positions have no gaps and no order but that of commits. */
  #atomically<T>(work: () => T): T {
    this.#db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      this.#db.exec('COMMIT');
      return result;
    } catch (error) {
      this.#db.exec('ROLLBACK');
      throw error;
    }
  }
}
