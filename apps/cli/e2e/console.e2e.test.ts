// The console in Chromium, on real payments, on a durable strategy and on one in memory.

import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openConsole, settled, type ConsoleUnderTest } from './browser.ts';
import { leeds } from './leeds-file.ts';
import { makePayment } from './make-payment.ts';
import { payment } from './shapes.ts';

const counted = z.looseObject({ total: z.object({ value: z.int() }) });

const council = ['--organization', leeds.council];
const pages = ['/overview', '/payments', '/events', '/storage'] as const;

describe.each(['event-sourced', 'memory-cqs'])('the console on %s', (strategy) => {
  let tested: ConsoleUnderTest;
  /** How many payments of the file are for sheltered accommodation. */
  let sheltered = 0;

  beforeAll(async () => {
    tested = await openConsole(strategy, leeds.council);
    const list = await tested.api.json('payments', 'list', '--text', 'sheltered', ...council, '--json');
    sheltered = counted.parse(list).total.value;
  }, 180_000);

  afterAll(() => tested.close());

  const made = (reference: string, ...commands: readonly (readonly string[])[]) =>
    makePayment(tested.api, leeds.council, reference, commands);

  it('signs in with a key, refuses a wrong one, and forgets it with the tab', async () => {
    const page = await tested.page();
    await page.goto('/');
    await page.getByLabel('API key').fill('psk_wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').getByText('unauthorized').waitFor();
    await page.getByLabel('API key').fill(tested.key);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('heading', { name: 'Overview' }).waitFor();
    expect(await page.evaluate(() => Object.values(localStorage).join())).not.toContain('psk_');
    const other = await page.context().newPage();
    await other.goto('/payments');
    await other.getByLabel('API key').waitFor();
  });

  it('filters by what is in the address, searches as one types, and marks what was found', async () => {
    const page = await tested.signedIn('/payments');
    await page.getByText('10,000+ found').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('shelt');
    await page.locator('mark', { hasText: 'Sheltered' }).first().waitFor();
    await page.waitForURL(/q=shelt/);
    await page.getByRole('checkbox', { name: 'completed' }).check();
    await page.getByText('0 found', { exact: true }).waitFor();
    await page.getByRole('checkbox', { name: 'pending' }).check();
    await page.getByText(`${sheltered} found`).waitFor();
    await page.reload();
    await page.getByText(`${sheltered} found`).waitFor();
    await page.getByRole('button', { name: 'Amount' }).click();
    await page.getByRole('columnheader', { name: 'Amount' }).and(page.locator('[aria-sort=descending]')).waitFor();
    const isDescending = async () => {
      const texts = await page.locator('tbody td.number').allTextContents();
      const amounts = texts.map((text) => Number.parseFloat(text.replaceAll(',', '')));
      return amounts.length > 1 && amounts.every((each, at) => each <= (amounts[at - 1] ?? each));
    };
    await expect.poll(isDescending).toBe(true);
  });

  it('scrolls from page to page, with few rows in the document', async () => {
    const page = await tested.signedIn('/payments?sort=amount&order=asc');
    const links = page.locator('.row-link');
    await links.first().waitFor();
    const lowest = async () => {
      await links.last().focus();
      await page.keyboard.press('End');
      return Number(await page.locator('tbody tr[aria-rowindex]').last().getAttribute('aria-rowindex'));
    };
    await expect.poll(lowest, { timeout: 30_000 }).toBeGreaterThan(600);
    expect(await links.count()).toBeLessThan(120);
  });

  it('goes by keyboard from the list to a payment and back', async () => {
    const page = await tested.signedIn('/payments?q=sheltered');
    await page.locator('.row-link').first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('j');
    const third = await page.locator('.row-link').nth(2).textContent();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: new RegExp(`^${third}`) }).waitFor();
    await page.goBack();
    await page.getByText(`${sheltered} found`).waitFor();
  });

  it('refunds a part after asking, shows what is left, and goes back in time', async () => {
    const id = await made('console-refund', ['process', '--method', 'test_approve']);
    const page = await tested.signedIn(`/payments/${id}`);
    await page.getByRole('button', { name: 'Refund', exact: true }).click();
    await page.getByRole('textbox', { name: /^Amount/ }).fill('29.99');
    await page.getByRole('button', { name: 'Refund 29.99 EUR' }).click();
    await page.getByText('100.00 EUR').first().waitFor();
    await page.getByText('Refund r1 approved: 29.99 EUR given back').waitFor();
    expect(payment.parse(await tested.api.json('payments', 'get', id, ...council, '--json')).refunded).toBe(2999);
    await page.getByRole('slider').fill('1');
    await page.getByText('This is how it was at version 1.').waitFor();
    await expect.poll(() => page.locator('header .status').first().textContent()).toBe('pending');
    await page.getByRole('button', { name: 'Back to now' }).click();
    await expect.poll(() => page.locator('header .status').first().textContent()).toBe('partly refunded');
    const tooMuch = page.getByRole('button', { name: 'Refund', exact: true });
    await tooMuch.click();
    await page.getByRole('textbox', { name: /^Amount/ }).fill('500');
    await page.getByRole('button', { name: 'Refund 500 EUR' }).click();
    await page.getByRole('alert').getByText('refund_exceeds_captured').waitFor();
  });

  it('says why an action is not possible, and does not send it', async () => {
    const id = await made('console-disabled', ['cancel']);
    const page = await tested.signedIn(`/payments/${id}`);
    const charge = page.getByRole('button', { name: 'Charge it is cancelled' });
    await charge.click({ force: true });
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await charge.getAttribute('aria-disabled')).toBe('true');
  });

  it('shows a conflict of two tabs, keeps what was typed, and lets the person decide', async () => {
    const id = await made('console-race', ['process', '--method', 'test_approve']);
    const [one, two] = [await tested.signedIn(`/payments/${id}`), await tested.signedIn(`/payments/${id}`)];
    for (const [tab, amount] of [
      [one, '100'],
      [two, '20'],
    ] as const) {
      await tab.getByRole('button', { name: 'Refund', exact: true }).click();
      await tab.getByRole('textbox', { name: /^Amount/ }).fill(amount);
      await tab.getByLabel('Reason').fill(`of ${amount}`);
    }
    await one.getByRole('button', { name: 'Refund 100 EUR' }).click();
    await one.getByText('29.99 EUR').first().waitFor();
    await two.getByRole('button', { name: 'Refund 20 EUR' }).click();
    await two.getByRole('alert').getByText('Somebody changed the payment meanwhile').waitFor();
    expect(await two.getByLabel('Reason').inputValue()).toBe('of 20');
    await two.getByRole('button', { name: 'Refund 20 EUR' }).click();
    await two.getByText('Refund r2 approved').waitFor();
    expect(payment.parse(await tested.api.json('payments', 'get', id, ...council, '--json')).refunded).toBe(12_000);
  });

  it('sees a payment arrive live, and holds it back while paused', async () => {
    const page = await tested.signedIn('/events');
    await page.getByText('Live: new events appear by themselves.').waitFor();
    const id = await made('console-live');
    await page.getByRole('table', { name: 'Since this page was opened' }).getByText(id.slice(-12)).waitFor();
    await page.getByRole('button', { name: 'Pause' }).click();
    const later = await made('console-paused');
    await page.getByText('Paused').waitFor();
    expect(await page.getByText(later.slice(-12)).count()).toBe(0);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByText(later.slice(-12)).first().waitFor();
  });

  it('exports what is filtered', async () => {
    const page = await tested.signedIn('/payments?q=sheltered&status=pending');
    await page.getByText(`${sheltered} found`).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export CSV' }).click();
    const file = await (await download).path();
    const lines = (await readFile(file, 'utf8')).trim().split('\r\n');
    expect(lines).toHaveLength(1 + sheltered);
    expect(lines.filter((line) => line.includes('Sheltered Accommodation'))).toHaveLength(sheltered);
  });

  it('keeps texts texts, whatever they hold', async () => {
    const evil = '<img src=x onerror="document.title=1"><script>document.title=1</script>';
    const create = ['payments', 'create', '--amount', '1', '--currency', 'EUR', '--description', evil];
    const named = ['--customer-name', evil, '--metadata', `note=${evil}`];
    const { id } = payment.parse(await tested.api.json(...create, ...named, ...council, '--json'));
    for (const path of [`/payments/${id}`, '/payments?q=onerror', '/events']) {
      const page = await tested.signedIn(path);
      await page
        .getByText(path === '/events' ? id.slice(-12) : '<script>')
        .first()
        .waitFor();
      expect(await page.title()).toBe('Paystrata');
      expect(await page.locator('main img, main script').count()).toBe(0);
    }
  });

  it('verifies the storage, and shows of each source how it is', async () => {
    const page = await tested.signedIn('/storage');
    await page.getByText(strategy).first().waitFor();
    await page.getByRole('table', { name: 'Sources' }).getByText('good').first().waitFor();
    await page.getByRole('button', { name: 'verify' }).click();
    await page.getByText(/looked at, 0 changed, 0 differing/).waitFor({ timeout: 170_000 });
  }, 180_000);

  it('cancels maintenance that takes too long, and ends the request', async () => {
    const page = await tested.signedIn('/storage');
    const asked = Promise.withResolvers<void>();
    // Never answered: as long as it takes.
    await page.route('**/v1/storage/rebuild', () => asked.resolve());
    await page.getByRole('button', { name: 'rebuild' }).click();
    await asked.promise;
    await page.getByRole('progressbar').waitFor();
    const ended = page.waitForEvent('requestfailed');
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByText('rebuild was cancelled after 0').waitFor();
    expect((await ended).failure()?.errorText).toContain('ABORTED');
    expect(await page.getByRole('button', { name: 'verify' }).isEnabled()).toBe(true);
  });

  it('tells of maintenance that fails on its way', async () => {
    const page = await tested.signedIn('/storage');
    const problem = { status: 503, code: 'STORE_UNAVAILABLE', detail: 'the store is away', requestId: 'r-1' };
    const body = `event: progress\ndata: {"done":3,"total":9}\n\nevent: problem\ndata: ${JSON.stringify(problem)}\n\n`;
    await page.route('**/v1/storage/rebuild', (route) => route.fulfill({ contentType: 'text/event-stream', body }));
    await page.getByRole('button', { name: 'rebuild' }).click();
    await page.getByRole('alert').getByText('the store is away').waitFor();
    await page.getByRole('alert').getByText('request r-1').waitFor();
  });

  it('shows its first view from less than 150 kB, and asks no other host for anything', async () => {
    const page = await tested.page();
    let bytes = 0;
    page.on('response', (response) => {
      void response
        .request()
        .sizes()
        .then(({ responseBodySize }) => (bytes += responseBodySize));
    });
    await page.goto('/', { waitUntil: 'networkidle' });
    await expect.poll(() => bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(150_000);
    expect(tested.complaints).toEqual([]);
  });

  // The pages are the same on every strategy: one is enough.
  if (strategy !== 'memory-cqs') return;
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)(
    'has nothing that an automated check of accessibility finds: %s, %d wide',
    async (theme, width) => {
      const id = await made(`console-axe-${theme}`, ['process', '--method', 'test_decline_insufficient_funds']);
      const options = { colorScheme: theme, viewport: { width, height: 900 } } as const;
      for (const path of [...pages, `/payments/${id}`]) {
        const page = await tested.signedIn(path, options);
        await settled(page);
        const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag22aa']).analyze();
        expect(
          violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`),
          path,
        ).toEqual([]);
        expect(await page.evaluate<number>('document.documentElement.scrollWidth'), path).toBeLessThanOrEqual(width);
        await page.context().close();
      }
    },
    180_000,
  );
});
