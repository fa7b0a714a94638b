// keys: who may use the API

import {
  accessScopes,
  createApiKey,
  systemClock,
  type AccessScope,
  type ApiKeyRecord,
  type ApiKeyStore,
} from '@paystrata/application';
import { compose } from '@paystrata/composition';
import { InvalidArgumentError, type Command } from '@commander-js/extra-typings';
import { CommandError } from '../errors/command-error.ts';
import { UsageError } from '../errors/usage-error.ts';
import { jsonFlag, readList, readOrganization } from '../flags/common-flags.ts';
import { columnsTable, fieldsTable } from '../output/columns-table.ts';
import { shownInstant } from '../output/instants.ts';
import { printResult } from '../output/json.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

export function addKeysCommand(program: Command, session: Session): void {
  const keys = program
    .command('keys')
    .description('make, list and revoke keys of the API; a running server knows at once');
  addCreate(keys, session);
  addList(keys, session);
  addRevoke(keys, session);
}

function addCreate(keys: Command, session: Session): void {
  keys
    .command('create')
    .description('make a key and print it; it is shown this once and kept as a hash only')
    .requiredOption(
      '--organization <id>',
      'whose payments it opens; "*" makes an operator\'s key for all',
      readKeyOrganization,
    )
    .requiredOption('--scopes <scopes>', `what it allows: ${accessScopes.join(',')}`, readScopes)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'keys create --organization demo --scopes read,write,refund',
        "keys create --organization '*' --scopes read --json",
      ),
    )
    .action(({ organization: organizationId, scopes, ...flags }) =>
      withKeyStore(session, async (store) => {
        const key = await createApiKey(store, { organizationId, scopes, now: systemClock.now() });
        await printResult(session.terminal, flags, key, () =>
          fieldsTable([
            ['id', key.id],
            ['key', key.key],
            ['organization', key.organizationId],
            ['scopes', key.scopes.join(', ')],
          ]),
        );
        if (!flags.json) session.terminal.note('keep it now: it is not shown again');
      }),
    );
}

function addList(keys: Command, session: Session): void {
  keys
    .command('list')
    .description('list the keys there are, without what is secret')
    .addOption(jsonFlag)
    .addHelpText('after', examples('keys list', 'keys list --json'))
    .action((flags) =>
      withKeyStore(session, async (store) => {
        const records = (await store.list()).map(shownKey);
        await printResult(session.terminal, flags, records, () => keysTable(records));
      }),
    );
}

function addRevoke(keys: Command, session: Session): void {
  keys
    .command('revoke')
    .description('revoke a key; a running server refuses it within a second')
    .argument('<id>', 'the id of the key, not the key itself')
    .addOption(jsonFlag)
    .addHelpText('after', examples('keys revoke KEY-ID'))
    .action((id, flags) =>
      withKeyStore(session, async (store) => {
        if (!(await store.revoke(id, systemClock.now()))) {
          throw new CommandError('key_not_found', `there is no key ${id}`, {
            hint: '`paystrata keys list` shows the ids',
          });
        }
        const record = await store.find(id);
        await printResult(session.terminal, flags, record && shownKey(record), () => `revoked ${id}`);
      }),
    );
}

/** Keys are kept beside the server's data, so they are changed there and never through the API. */
async function withKeyStore(session: Session, use: (store: ApiKeyStore) => Promise<void>): Promise<void> {
  const config = session.config();
  if (config.client.apiUrl !== null) {
    throw new UsageError(
      'keys cannot be changed through the API',
      'run it beside the server, without PAYSTRATA_API_URL',
    );
  }
  const composition = await compose(config, { background: false, logTo: 'stderr' });
  try {
    await use(composition.apiKeys);
  } finally {
    await composition.stop();
  }
}

interface ShownKey {
  readonly id: string;
  readonly organizationId: string;
  readonly scopes: readonly AccessScope[];
  readonly createdAt: string;
  readonly revokedAt: string | null;
}

function shownKey({ id, organizationId, scopes, createdAt, revokedAt }: ApiKeyRecord): ShownKey {
  const shown = (time: number): string => new Date(time).toISOString();
  return {
    id,
    organizationId,
    scopes,
    createdAt: shown(createdAt),
    revokedAt: revokedAt === null ? null : shown(revokedAt),
  };
}

function keysTable(keys: readonly ShownKey[]): string {
  return columnsTable<ShownKey>(
    [
      { heading: 'ID', cell: ({ id }) => id },
      { heading: 'ORGANIZATION', cell: ({ organizationId }) => organizationId },
      { heading: 'SCOPES', cell: ({ scopes }) => scopes.join(',') },
      { heading: 'CREATED', cell: ({ createdAt }) => shownInstant(createdAt) },
      { heading: 'REVOKED', cell: ({ revokedAt }) => (revokedAt === null ? '' : shownInstant(revokedAt)) },
    ],
    keys,
  );
}

function readKeyOrganization(text: string) {
  return text === '*' ? text : readOrganization(text);
}

function readScopes(text: string): readonly AccessScope[] {
  return readList(text).map((name) => {
    const scope = accessScopes.find((each) => each === name);
    if (scope === undefined) throw new InvalidArgumentError(`It is a list of ${accessScopes.join(', ')}.`);
    return scope;
  });
}
