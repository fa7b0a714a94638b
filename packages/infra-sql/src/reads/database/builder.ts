// Builds queries once for both databases; they are run by our own connections.

import type { SchemableIdentifierNode } from 'kysely';
import {
  DummyDriver,
  IdentifierNode,
  Kysely,
  OperationNodeTransformer,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type Dialect,
  type KyselyPlugin,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryResult,
  type RootOperationNode,
  type UnknownRow,
} from 'kysely';
import type { DialectName } from './reads-database.ts';
import { nameIn, type Table } from './table.ts';

const dialects: Readonly<Record<DialectName, Dialect>> = {
  sqlite: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
  postgres: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
};

/** Only compiles: `.compile()` answers a statement. Tables are those of one generation. */
export function queryBuilder<Tables>(
  dialect: DialectName,
  tables: readonly Table[],
  generation: number | null,
): Kysely<Tables> {
  const schema = dialect === 'postgres' ? 'paystrata_reads' : null;
  const names = new Map(tables.map(({ name }) => [name, generation === null ? name : nameIn(generation, name)]));
  return new Kysely<Tables>({ dialect: dialects[dialect], plugins: [new GenerationPlugin(schema, names)] });
}

/** Gives tables the names that they have in a generation. Aliases must not be named as a table is. */
class GenerationPlugin extends OperationNodeTransformer implements KyselyPlugin {
  readonly #schema: string | null;
  readonly #names: ReadonlyMap<string, string>;

  constructor(schema: string | null, names: ReadonlyMap<string, string>) {
    super();
    this.#schema = schema;
    this.#names = names;
  }

  transformQuery({ node }: PluginTransformQueryArgs): RootOperationNode {
    return this.transformNode(node);
  }

  async transformResult({ result }: PluginTransformResultArgs): Promise<QueryResult<UnknownRow>> {
    return result;
  }

  protected override transformSchemableIdentifier(node: SchemableIdentifierNode): SchemableIdentifierNode {
    const name = this.#names.get(node.identifier.name);
    if (name === undefined) return node;
    return {
      kind: 'SchemableIdentifierNode',
      ...(this.#schema !== null && { schema: IdentifierNode.create(this.#schema) }),
      identifier: IdentifierNode.create(name),
    };
  }
}
