// Makes the search attributes of payments known to the server, once for a namespace.

import { setTimeout as pause } from 'node:timers/promises';
import { PortFailure } from '@paystrata/application';
import { isGrpcServiceError, type Connection } from '@temporalio/client';
import { searchAttributes } from '../protocol/search-attributes.ts';

/** Numbers of the type in the server's interface (`temporal.api.enums.v1.IndexedValueType`). */
const indexedTypes: Readonly<Record<string, number>> = Object.freeze({ KEYWORD: 2, BOOL: 5 });

/** Of gRPC: `ALREADY_EXISTS`. */
const alreadyExists: ReadonlySet<number> = new Set([6]);
const PATIENCE_MS = 20_000;

/** Resolves once workflows may use them. @throws PortFailure `CONFIG_INVALID` that says how to make them by hand. */
export async function setUpSearchAttributes(connection: Connection, namespace: string): Promise<void> {
  try {
    const missing = await missingIn(connection, namespace);
    if (missing.length === 0) return;
    await add(connection, namespace, missing);
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await usable(connection, namespace)) && Date.now() < deadline) await pause(50);
  } catch (cause) {
    throw new PortFailure(
      'CONFIG_INVALID',
      `the search attributes of payments are not in the namespace ${namespace} and cannot be made there: have them ` +
        `made (${searchAttributes.map(commandFor).join('; ')}), or set temporal.searchAttributes to false`,
      { cause },
    );
  }
}

type Attribute = (typeof searchAttributes)[number];

async function missingIn(connection: Connection, namespace: string): Promise<readonly Attribute[]> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
  return searchAttributes.filter(({ name }) => !(name in (customAttributes ?? {})));
}

/** Several processes may start at once: what another one made is there. */
async function add(connection: Connection, namespace: string, missing: readonly Attribute[]): Promise<void> {
  const types = Object.fromEntries(missing.map(({ name, type }) => [name, indexedTypes[type] ?? 0]));
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes: types });
  } catch (error) {
    if (isGrpcServiceError(error) && alreadyExists.has(error.code)) return;
    if ((await missingIn(connection, namespace)).length > 0) throw error;
  }
}

/** The server tells its parts of new ones by and by. */
async function usable(connection: Connection, namespace: string): Promise<boolean> {
  const query = searchAttributes
    .map(({ name, type }) => (type === 'BOOL' ? `${name} = true` : `${name} = 'none'`))
    .join(' AND ');
  return connection.workflowService.countWorkflowExecutions({ namespace, query }).then(
    () => true,
    () => false,
  );
}

function commandFor({ name, type }: Attribute): string {
  const kind = type === 'BOOL' ? 'Bool' : 'Keyword';
  return `temporal operator search-attribute create --name ${name} --type ${kind}`;
}
