import type { Clock, MaintenanceReport, Progress } from '@paystrata/application';
import { instantOf, PortFailure } from '@paystrata/application';
import { expect, it } from 'vitest';
import { problemOf } from '../problems/problem-of.ts';
import { watchMaintenance } from './maintenance-stream.ts';

const report: MaintenanceReport = { action: 'verify', checked: 7, changed: 0, differences: [], differing: 0 };

/** A run that goes on and ends when the test says so, and a clock that waits for the test. */
function underTest() {
  const end = Promise.withResolvers<MaintenanceReport>();
  const client = new AbortController();
  const sleeps: { readonly milliseconds: number; readonly wake: () => void }[] = [];
  const clock: Clock = {
    now: () => instantOf(0),
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        sleeps.push({ milliseconds, wake: resolve });
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
      }),
  };
  let tell: (progress: Progress) => void = () => undefined;
  const frames = watchMaintenance({
    run: (onProgress) => {
      tell = onProgress;
      return end.promise;
    },
    clock,
    signal: client.signal,
    problemOf: (error) => problemOf(error, { requestId: 'r-1', statedVersion: false }).problem,
  });
  return { frames, end, client, sleeps, tell: (progress: Progress) => tell(progress) };
}

async function rest(frames: AsyncGenerator<string>): Promise<readonly string[]> {
  const all: string[] = [];
  for await (const each of frames) all.push(each);
  return all;
}

it('tells the newest progress and then the report, and leaves out what comes too fast', async () => {
  const { frames, end, tell } = underTest();
  tell({ done: 1, total: null });
  const opened = await frames;
  const all = rest(opened);
  tell({ done: 2, total: 7 });
  tell({ done: 7, total: 7 });
  end.resolve(report);
  expect(await all).toEqual([
    'event: progress\ndata: {"done":1,"total":null}\n\n',
    'event: progress\ndata: {"done":7,"total":7}\n\n',
    `event: report\ndata: ${JSON.stringify(report)}\n\n`,
  ]);
});

it('shows that it lives where nothing is told for long', async () => {
  const { frames, sleeps, end } = underTest();
  sleeps[0]?.wake();
  const opened = await frames;
  end.resolve(report);
  expect(await rest(opened)).toEqual([': still here\n\n', `event: report\ndata: ${JSON.stringify(report)}\n\n`]);
});

it('rejects what fails before the first frame, and tells of what fails later', async () => {
  const early = underTest();
  early.end.reject(new PortFailure('CAPABILITY_MISSING', 'it cannot'));
  await expect(early.frames).rejects.toThrow('it cannot');
  const late = underTest();
  late.tell({ done: 1, total: null });
  const opened = await late.frames;
  late.end.reject(new PortFailure('STORE_UNAVAILABLE', '10.0.0.7 refused'));
  const [, problem] = await rest(opened);
  expect(problem).toMatch(/^event: problem\ndata: \{.*"code":"STORE_UNAVAILABLE".*"requestId":"r-1"/);
  expect(problem).not.toContain('10.0.0.7');
});

it('says nothing to a client that is gone', async () => {
  const { frames, tell, end, client } = underTest();
  tell({ done: 1, total: null });
  const opened = await frames;
  client.abort();
  end.reject(new Error('aborted'));
  expect(await rest(opened)).toHaveLength(1);
});
