// The journal in a SQLite file.

import { PortFailure, type LogRequest, type PaymentKey } from '@paystrata/application';
import type { CommandId } from '@paystrata/domain';
import type { Erasure, Journal, JournalEntry, JournalPage, JournalResult, JournalState } from '../journal/journal.ts';
import { erasureOf, eventOf } from '../journal/journal-rows.ts';
import { integer, text, textOrNull, type Row } from '../rows.ts';
import { journalMigrations } from './journal-schema.ts';
import { SqliteFile } from './sqlite-file.ts';
import { prepareStatements, type SqliteStatements } from './sqlite-statements.ts';

interface Open {
  readonly file: SqliteFile;
  readonly statements: SqliteStatements;
  readonly epoch: string;
}

export class SqliteJournal implements Journal {
  readonly name = 'sqlite';
  readonly #path: string;
  #open: Open | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  async start(): Promise<void> {
    const file = await SqliteFile.open({ path: this.#path, migrations: journalMigrations });
    const statements = prepareStatements(file);
    const epoch = await file.retry(() => text(headRow(statements), 'epoch'));
    this.#open = { file, statements, epoch };
  }

  async stop(): Promise<void> {
    this.#open?.file.close();
    this.#open = null;
  }

  epoch(): string {
    return this.#opened().epoch;
  }

  async commit(batch: readonly JournalEntry[]): Promise<readonly JournalResult[]> {
    const { file, statements } = this.#opened();
    return file.write(() => {
      const before = integer(headRow(statements), 'position');
      let head = before;
      const results = batch.map((entry) => {
        const result = commitEntry(statements, entry, head);
        if (result.outcome === 'committed') head = result.position;
        return result;
      });
      if (head !== before) statements.moveHead.run(head);
      return results;
    });
  }

  async load(key: PaymentKey, commandId: CommandId | null): Promise<JournalState> {
    const { file, statements } = this.#opened();
    return file.retry(() => {
      const erasing = isErasing(statements);
      const row = statements.readDocument.get(key.paymentId, key.organizationId);
      if (row === undefined) return { snapshot: null, appliedVersion: null, erasing };
      const { organizationId, paymentId } = key;
      const command = commandId === null ? undefined : statements.findCommand.get(integer(row, 'stream'), commandId);
      return {
        snapshot: {
          organizationId,
          paymentId,
          subject: text(row, 'subject'),
          state: text(row, 'state'),
          sealed: textOrNull(row, 'sealed'),
        },
        appliedVersion: command === undefined ? null : integer(command, 'version'),
        erasing,
      };
    });
  }

  async read(request: LogRequest): Promise<JournalPage> {
    const { file, statements } = this.#opened();
    return file.retry(() => {
      const erasing = isErasing(statements);
      const head = integer(headRow(statements), 'position');
      const rows = selectEvents(statements, request, request.limit + 1);
      const events = rows.slice(0, request.limit).map(eventOf);
      return { events, more: rows.length > request.limit, head, erasing };
    });
  }

  async erasures(): Promise<readonly Erasure[]> {
    const { file, statements } = this.#opened();
    const rows = await file.retry(() => statements.erasures.all());
    return rows.map(erasureOf);
  }

  async purge({ organizationId, subject }: Erasure): Promise<void> {
    const { file, statements } = this.#opened();
    await file.write(() => {
      statements.purgeDocuments.run(subject, organizationId);
      statements.deleteErasure.run(organizationId, subject);
    });
  }

  #opened(): Open {
    if (this.#open !== null) return this.#open;
    throw new PortFailure('STORE_UNAVAILABLE', `${this.#path} is not open`, { retryable: false });
  }
}

function commitEntry(statements: SqliteStatements, entry: JournalEntry, head: number): JournalResult {
  const { organizationId, paymentId, expectedVersion, commandId, events } = entry;
  const document = statements.findDocument.get(paymentId, organizationId);
  const actualVersion = document === undefined ? 0 : integer(document, 'version');
  if (document !== undefined) {
    const known = statements.findCommand.get(integer(document, 'stream'), commandId);
    if (known !== undefined) {
      return { outcome: 'duplicate', version: integer(known, 'version'), position: integer(known, 'position') };
    }
  }
  if (actualVersion !== expectedVersion) return { outcome: 'wrong_version', actualVersion };
  if (entry.sealed !== null && statements.findErasure.get(organizationId, entry.subject) !== undefined) {
    return { outcome: 'erasing' };
  }
  const stream =
    document === undefined ? insertDocument(statements, entry) : updateDocument(statements, entry, document);
  for (const [index, event] of events.entries()) {
    const number = index + 1;
    const command = number === events.length ? commandId : null;
    statements.insertEvent.run(head + number, stream, expectedVersion + number, organizationId, command, event);
  }
  if (entry.erased !== null) statements.insertErasure.run(organizationId, entry.erased);
  return { outcome: 'committed', position: head + events.length };
}

function insertDocument(statements: SqliteStatements, entry: JournalEntry): number | bigint {
  const { organizationId, paymentId, subject, events, state, sealed } = entry;
  return statements.insertDocument.run(organizationId, paymentId, subject, events.length, state, sealed)
    .lastInsertRowid;
}

function updateDocument(statements: SqliteStatements, entry: JournalEntry, document: Row): number {
  const { expectedVersion, events, state, sealed, keepSealed } = entry;
  const stream = integer(document, 'stream');
  const version = expectedVersion + events.length;
  if (keepSealed) statements.updateState.run(version, state, stream);
  else statements.updateDocument.run(version, state, sealed, stream);
  return stream;
}

function selectEvents(statements: SqliteStatements, request: LogRequest, limit: number): Row[] {
  const { direction, organizationId, paymentId } = request;
  const forward = direction === 'forward';
  const from = request.from ?? (forward ? 0 : Number.MAX_SAFE_INTEGER);
  if (paymentId !== undefined) {
    const streams = statements.streamsOf.all(paymentId);
    const stream = streams.find((row) => organizationId === undefined || row['organization'] === organizationId);
    if (stream === undefined) return [];
    return (forward ? statements.forwardIn : statements.backwardIn).all(integer(stream, 'stream'), from, limit);
  }
  if (organizationId !== undefined) {
    return (forward ? statements.forwardOf : statements.backwardOf).all(organizationId, from, limit);
  }
  return (forward ? statements.forward : statements.backward).all(from, limit);
}

function headRow(statements: SqliteStatements): Row {
  const row = statements.head.get();
  if (row === undefined) throw new PortFailure('STORE_DAMAGED', 'the table journal is empty');
  return row;
}

function isErasing(statements: SqliteStatements): boolean {
  return statements.erasing.get()?.['erasing'] === 1;
}
