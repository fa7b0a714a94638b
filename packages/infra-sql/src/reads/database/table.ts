// What a table of the read models is, said once for both databases.

/** `?`: may be null. Every `bigint` is a whole number that a double holds. */
export type ColumnType = 'text' | 'bigint' | 'text?' | 'bigint?';

interface TableIndex {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique?: boolean;
  /** SQL over the columns: only such rows are in the index. */
  readonly where?: string;
}

export interface Table<Columns extends Readonly<Record<string, ColumnType>> = Readonly<Record<string, ColumnType>>> {
  readonly name: string;
  readonly columns: Columns;
  readonly key: readonly string[];
  readonly indexes: readonly TableIndex[];
}

interface ValueOf {
  readonly text: string;
  readonly bigint: number;
  readonly 'text?': string | null;
  readonly 'bigint?': number | null;
}

/** A row as it is written, and as queries are typed. */
export type RowOf<T> =
  T extends Table<infer Columns> ? { readonly [Name in keyof Columns]: ValueOf[Columns[Name]] } : never;

/** A table and its columns, with their types kept. */
export function defineTable<const Columns extends Readonly<Record<string, ColumnType>>>(
  table: Table<Columns>,
): Table<Columns> {
  return table;
}

/** The name of a table in one generation of a projection. */
export function nameIn(generation: number, table: string): string {
  return `${table}_${generation}`;
}
