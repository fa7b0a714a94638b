// A real browser on a real server: the console as people use it.

import { once } from 'node:events';
import { chromiumProgram } from '@paystrata/test-servers';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { createWorkplace, type Running, type Workplace } from './command.ts';
import { leedsFile, leedsFlags } from './leeds-file.ts';
import { createdKey } from './shapes.ts';

export interface ConsoleUnderTest {
  readonly url: string;
  /** The command line upon the same server, with an operator's key. */
  readonly api: Workplace;
  /** A key of one organization that may do everything. */
  readonly key: string;
  readonly browser: Browser;
  /** What pages said is wrong: a script that failed, a resource that the policy refused. */
  readonly complaints: string[];
  /** A page that is not signed in. */
  page(options?: BrowserContextOptions): Promise<Page>;
  /** Signed in, at an address. */
  signedIn(path: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

/** A file and how it is to be read. */
export interface Import {
  readonly file: string;
  readonly flags: readonly string[];
}

/** Each payment goes into the organization that its row names. */
const leedsImport: Import = { file: leedsFile, flags: leedsFlags };

/** Serves with a file imported. */
export async function openConsole(
  strategy: string,
  organization: string,
  { file, flags }: Import = leedsImport,
): Promise<ConsoleUnderTest> {
  const store = await createWorkplace({ PAYSTRATA_LOG_LEVEL: 'warn', PAYSTRATA_STORAGE: strategy });
  const server = store.with({ PAYSTRATA_PORT: '0' }).start('serve');
  await vi.waitUntil(() => server.printed().stdout.includes('shown this once'), { timeout: 60_000 });
  const url = /http:\/\/\S+:\d+/.exec(server.printed().stdout)?.[0] ?? '';
  const newKey = async (of: string) => {
    const scopes = ['--scopes', 'read,write,refund,admin'];
    return createdKey.parse(await store.json('keys', 'create', '--organization', of, ...scopes, '--json')).key;
  };
  const api = store.with({ PAYSTRATA_API_URL: url, PAYSTRATA_API_KEY: await newKey('*') });
  const imported = await api.run('import', file, ...flags);
  expect(imported.code, imported.stderr).toBe(0);
  const key = await newKey(organization);
  const executablePath = await chromiumProgram();
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const complaints: string[] = [];

  async function page(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext({
      baseURL: url,
      timezoneId: 'Europe/London',
      locale: 'en-GB',
      ...options,
    });
    const opened = await context.newPage();
    opened.on('pageerror', (error) => complaints.push(error.message));
    opened.on('console', (message) => {
      // The browser tells of every refused request; those are the tests' own doing.
      const own = /Failed to load resource/.test(message.text());
      if (message.type() === 'error' && !own) complaints.push(message.text());
    });
    opened.on('request', (request) => {
      if (!request.url().startsWith(url) && !request.url().startsWith('blob:')) complaints.push(request.url());
    });
    return opened;
  }
  return {
    ...{ url, api, key, browser, complaints, page },
    signedIn: async (path, options) => {
      const opened = await page(options);
      await opened.addInitScript((held) => sessionStorage.setItem('paystrata.session', held), key);
      await opened.goto(path);
      return opened;
    },
    close: async () => {
      await browser.close();
      await end(server);
      await store.remove();
    },
  };
}

/** Until the page shows what it is about. */
export async function settled(page: Page): Promise<void> {
  await page.locator('h1').waitFor();
  await expect.poll(() => page.getByText('Loading …').count()).toBe(0);
}

async function end(server: Running): Promise<void> {
  if (server.child.exitCode !== null) return;
  server.child.kill('SIGKILL');
  await once(server.child, 'close');
}
