// The console with a hundred thousand payments: how soon its first view is there, and that the list does not stutter.

import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figure, prove } from '@paystrata/test-servers';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openConsole, type ConsoleUnderTest } from '../e2e/browser.ts';
import { jumpAbout, scrollToEnd } from './testing/frame-times.ts';

const PAYMENTS = figure(5000, 100_000);
const store = 'memory-cqs';
/** Pixels a frame: 27 rows, which is a hard flick. */
const PIXELS = 1200;
/** Milliseconds of three frames: what is slower is seen. */
const STUTTER = 50;

let folder = '';
let tested: ConsoleUnderTest;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'paystrata-proof-'));
  const file = join(folder, 'many.csv');
  await writePayments(file);
  const flags = ['--amount-column', 'Amount', '--currency', 'EUR', '--reference-column', 'Reference'];
  const columns = ['--customer-column', 'Customer', '--description-column', 'Note', '--organization', 'proof'];
  tested = await openConsole(store, 'proof', { file, flags: [...flags, ...columns] });
}, 600_000);

afterAll(async () => {
  await tested.close();
  await rm(folder, { recursive: true, force: true });
});

async function writePayments(path: string): Promise<void> {
  const file = createWriteStream(path);
  file.write('Reference,Amount,Customer,Note\n');
  for (let row = 1; row <= PAYMENTS; row += 1) {
    const line = `ref-${row},${row % 1000}.25,"Customer, number ${row % 5000}",what row ${row} is about\n`;
    if (!file.write(line)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

function percentile(values: readonly number[], share: number): number {
  return values.toSorted((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? 0;
}

/** Milliseconds since the page was asked for. */
const sinceBegin = (page: Page) => page.evaluate<number>('performance.now()');

it("shows its first view within a second, with the browser's cache empty", async () => {
  await prove({ part: 'first-view', property: 'The console is there at once', store }, async () => {
    const [painted, listed]: [number[], number[]] = [[], []];
    for (let time = 0; time < 7; time += 1) {
      const page = await tested.signedIn('/payments');
      await page.locator('.row-link').first().waitFor();
      listed.push(await sinceBegin(page));
      const paint = `performance.getEntriesByName('first-contentful-paint')[0].startTime`;
      painted.push(await page.evaluate<number>(paint));
      await page.context().close();
    }
    const [paint, list] = [percentile(painted, 0.5), percentile(listed, 0.5)];
    expect(list).toBeLessThan(1000);
    const count = PAYMENTS.toLocaleString('en-US');
    return `${count} payments: painted after ${paint.toFixed(0)} ms, the list after ${list.toFixed(0)} ms (median of 7, at most ${Math.max(...listed).toFixed(0)})`;
  });
});

it('scrolls through all payments without a stutter', async () => {
  await prove({ part: 'scrolling', property: 'All payments scroll without a stutter', store }, async () => {
    const page = await tested.signedIn('/payments?sort=created&order=asc');
    await page.locator('.row-link').first().waitFor();
    const scrolled = await scrollToEnd(page, PIXELS);
    expect(scrolled.rows).toBe(PAYMENTS);
    const jumped = await jumpAbout(page, 300);
    const [p95, p99] = [percentile(scrolled.frames, 0.95), percentile(scrolled.frames, 0.99)];
    const slow = scrolled.frames.filter((frame) => frame > STUTTER).length;
    expect(p99).toBeLessThan(STUTTER);
    expect(percentile(jumped.frames, 0.95)).toBeLessThan(STUTTER);
    expect(await page.locator('.row-link').count()).toBeLessThan(120);
    const longest = Math.max(0, ...scrolled.longTasks, ...jumped.longTasks);
    const frames = `${scrolled.frames.length.toLocaleString('en-US')} frames, p95 ${p95.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${slow} above ${STUTTER}`;
    const jumps = `jumping about p95 ${percentile(jumped.frames, 0.95).toFixed(1)} ms`;
    const tasks = `${scrolled.longTasks.length + jumped.longTasks.length} tasks above 50 ms, the longest ${longest.toFixed(0)}`;
    return `${PAYMENTS.toLocaleString('en-US')} payments at ${PIXELS} pixels a frame: ${frames}; ${jumps}; ${tasks}`;
  });
});
