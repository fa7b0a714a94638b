// Tables and bulk changes as SQL of each database.

import type { RowChange } from './reads-database.ts';
import { nameIn, type ColumnType, type Table } from './table.ts';

/** How a database says it. */
export interface Words {
  /** Stands before the name of a table, with its dot. */
  readonly schema: string;
  readonly types: Readonly<Record<'text' | 'bigint', string>>;
  /** Stands behind the columns of a table whose key is not one number. */
  readonly keyed: string;
}

export const sqliteWords: Words = {
  schema: '',
  types: { text: 'text', bigint: 'integer' },
  keyed: ' strict, without rowid',
};

export const postgresWords: Words = {
  schema: 'paystrata_reads.',
  types: { text: 'text collate "C"', bigint: 'bigint' },
  keyed: '',
};

/** The statements that make a table with its indexes. */
export function createStatements({ name, columns, key, indexes }: Table, generation: number, words: Words): string[] {
  const table = nameIn(generation, name);
  const lines = Object.entries(columns).map(([column, type]) => `${column} ${columnType(type, words)}`);
  const single = key.length === 1 && columns[key[0] ?? ''] === 'bigint';
  return [
    `create table ${words.schema}${table} (${[...lines, `primary key (${key.join(', ')})`].join(', ')})${
      single && words.keyed !== '' ? ' strict' : words.keyed
    }`,
    ...indexes.map(({ name: index, columns: of, unique = false, where }) =>
      [
        `create ${unique ? 'unique ' : ''}index ${table}_${index} on ${words.schema}${table} (${of.join(', ')})`,
        ...(where === undefined ? [] : [`where ${where}`]),
      ].join(' '),
    ),
  ];
}

function columnType(type: ColumnType, { types }: Words): string {
  return type === 'text' || type === 'bigint' ? `${types[type]} not null` : types[baseType(type)];
}

export function baseType(type: ColumnType): 'text' | 'bigint' {
  return type === 'text' || type === 'text?' ? 'text' : 'bigint';
}

/** The columns that a change has values for, in order. */
export function columnsOf({ table, way }: RowChange): readonly string[] {
  return way === 'remove' ? table.key : Object.keys(table.columns);
}

/** What an insert does where there is such a row already. */
export function onConflict({ table, way }: RowChange, name: string): string {
  const rest = Object.keys(table.columns).filter((column) => !table.key.includes(column));
  if (way === 'keep') return `on conflict (${table.key.join(', ')}) do nothing`;
  const set = rest.map((column) =>
    way === 'add' ? `${column} = ${name}.${column} + excluded.${column}` : `${column} = excluded.${column}`,
  );
  return `on conflict (${table.key.join(', ')}) do update set ${set.join(', ')}`;
}
