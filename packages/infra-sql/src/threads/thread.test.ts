// A thread that is called like an object: answers, failures, and what becomes of calls when it ends.
import { PortFailure } from '@paystrata/application';
import { afterEach, expect, it } from 'vitest';
import type { EchoCalls } from '../testing/echo-program.ts';
import { programBeside, Thread, ThreadEnded } from './thread.ts';

const program = programBeside(new URL('../testing/thread.test.ts', import.meta.url).href, 'echo-program');
const threads: Thread<EchoCalls>[] = [];

function start(): Thread<EchoCalls> {
  const thread = new Thread<EchoCalls>(program);
  threads.push(thread);
  return thread;
}

afterEach(async () => {
  for (const thread of threads.splice(0)) await thread.stop();
});

it('answers calls, each its own', async () => {
  const thread = start();
  const values = [1, 'two', null, { deep: [3n, new Uint8Array([1, 2])] }];
  const [later, ...answers] = await Promise.all([
    thread.call('later', 'last'),
    ...values.map((value) => thread.call('echo', value)),
  ]);
  expect(later).toBe('last');
  expect(answers).toEqual(values);
});

it('hands on what a handler throws: port failures as such, with what is in them', async () => {
  const thread = start();
  await expect(thread.call('fail', 'a bug')).rejects.toThrow('a bug');
  const failure = await thread.call('refuse').catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(PortFailure);
  expect(failure).toMatchObject({ code: 'STORE_FULL', retryable: false, details: { bytes: 7 }, message: 'no room' });
  expect(failure).toHaveProperty('cause.message', 'the disk');
  expect(await thread.call('echo', 'still there')).toBe('still there');
});

it('fails every call that is under way when it ends, and those that come later', async () => {
  const thread = start();
  const calls = [thread.call('end'), thread.call('echo', 1)];
  for (const call of calls) await expect(call).rejects.toBeInstanceOf(ThreadEnded);
  expect(thread.hasEnded).toBe(true);
  await expect(thread.call('echo', 1)).rejects.toThrow('exit code 3');
});
