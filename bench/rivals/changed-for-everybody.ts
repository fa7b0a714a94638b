// A store is used beside other code that uses the same driver: what that code reads must not change.

import { emmettVersion, note, withEmmett } from './emmett.ts';
import { at, installation, withOurs } from './ours.ts';
import type { Finding, RivalCase } from './rival-case.ts';
import { withClient } from './sql.ts';

export const changedForEverybody: RivalCase = {
  name: 'a driver changed for everybody',
  rival: emmettVersion,
  onRival: async ({ database }) => {
    const url = await database();
    await withEmmett(url, (store) => store.appendToStream('stream', [note('one')]));
    return findingOf('string', await typeOfBigint(url));
  },
  onOurs: async ({ database }) => {
    const url = await database();
    const before = await typeOfBigint(url);
    await withOurs(installation(url), 1, async (processes) => {
      await at(processes, 0).create();
    });
    return findingOf(before, await typeOfBigint(url));
  },
};

/** What the bare driver hands out for a bigint; as it comes from npm, a text. */
function typeOfBigint(url: string): Promise<string> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ value: unknown }>('select 1::bigint as value');
    return typeof rows[0]?.value;
  });
}

function findingOf(before: string, after: string): Finding {
  return { broken: before !== after, saw: `the bare driver reads bigint as ${after}, before as ${before}` };
}
