// An API upon memory-cqs for tests: every answer is checked against its documented schema.

import { accessScopes, createApiKey, parseOrganizationId, type AccessScope } from '@paystrata/application';
import {
  compose,
  loadConfig,
  type ComposeOptions,
  type Composition,
  type ConfigOverrides,
} from '@paystrata/composition';
import type { Api } from '../http/api.ts';
import { createApi } from '../server/create-api.ts';

export interface ApiUnderTest {
  readonly app: Api;
  readonly composition: Composition;
  /** Of the organization `acme`, allowed to do everything. */
  readonly key: string;
  /** Another key; `*` makes an operator's. */
  newKey(organization: string, ...scopes: readonly AccessScope[]): Promise<string>;
  close(): Promise<void>;
}

/** Without a rate limit, unless the overrides set one. */
export async function openApi(overrides: ConfigOverrides = {}, options: ComposeOptions = {}): Promise<ApiUnderTest> {
  const config = loadConfig({
    env: {},
    cwd: import.meta.dirname,
    overrides: {
      storage: { strategy: 'memory-cqs' },
      log: { level: 'silent' },
      limits: { ratePerSecond: 0 },
      ...overrides,
    },
  });
  const composition = await compose(config, { inMemoryAccess: true, background: false, ...options });
  await composition.start();
  const app = await createApi(composition, { checkAnswers: true });
  const newKey = async (organization: string, ...scopes: readonly AccessScope[]) => {
    const organizationId = organization === '*' ? '*' : parseOrganizationId(organization);
    if (organizationId === undefined) throw new Error(`${organization} is not a slug`);
    const now = composition.clock.now();
    const wanted = scopes.length === 0 ? accessScopes : scopes;
    return (await createApiKey(composition.apiKeys, { organizationId, scopes: wanted, now })).key;
  };
  return {
    app,
    composition,
    key: await newKey('acme'),
    newKey,
    close: async () => {
      await app.close();
      await composition.stop();
    },
  };
}
