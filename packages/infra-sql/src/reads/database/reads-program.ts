// What runs in the threads of the read models: connections to their files, by number.

import { PortFailure } from '@paystrata/application';
import { serveCalls } from '../../threads/serve-calls.ts';
import { LocalSqliteConnection, type SqliteConnectionOptions } from './sqlite-connection.ts';

const connections = new Map<number, LocalSqliteConnection>();
let last = 0;

function connectionOf(number: number): LocalSqliteConnection {
  const connection = connections.get(number);
  if (connection !== undefined) return connection;
  throw new PortFailure('STORE_UNAVAILABLE', 'the connection to the read models is closed', { retryable: false });
}

const handlers = {
  open: async (options: SqliteConnectionOptions) => {
    const connection = await LocalSqliteConnection.open(options);
    last += 1;
    connections.set(last, connection);
    return last;
  },
  begin: (number: number, how: 'begin' | 'begin immediate') => connectionOf(number).begin(how),
  commit: (number: number) => connectionOf(number).commit(),
  rollback: (number: number) => connectionOf(number).rollback(),
  exec: (number: number, sql: string) => connectionOf(number).exec(sql),
  all: (number: number, sql: string, parameters: readonly unknown[]) => connectionOf(number).all(sql, parameters),
  each: (number: number, sql: string, parameters: readonly (readonly unknown[])[]) =>
    connectionOf(number).each(sql, parameters),
  close: async (number: number) => {
    await connections.get(number)?.close();
    connections.delete(number);
  },
};

export type ReadsCalls = typeof handlers;

serveCalls(handlers);
