// Answers of a strategy with several sources say which one gave them.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openApi } from '../testing/api-under-test.ts';
import { clientOf } from '../testing/client.ts';

it('says which source answered and up to where, then that the cache did', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'paystrata-origin-'));
  const api = await openApi({ storage: { strategy: 'multi-source', dataDir } });
  try {
    const client = clientOf(api);
    const { id } = await client.create();
    const read = async () => (await client.get(`/v1/payments/${id}`)).headers['paystrata-source'];
    expect(await read()).toMatch(/^(sql|memory|files); position=\d+$/);
    expect(await read()).toMatch(/^cache; position=\d+$/);
    expect((await client.get(`/v1/payments/${id}/history`)).headers).not.toHaveProperty('paystrata-source');
  } finally {
    await api.close();
    rmSync(dataDir, { recursive: true });
  }
});

it('says nothing where there is one source only', async () => {
  const api = await openApi();
  expect((await clientOf(api).get('/v1/payments')).headers).not.toHaveProperty('paystrata-source');
  await api.close();
});
