// Requests that are sent when they are due, whether those before were answered or not: what users do, and what shows the
// tail, which a load that waits for answers flatters.

import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { answersOf, requestText, type HttpLoad } from './http-load.ts';

export interface OpenLoad extends HttpLoad {
  readonly ratePerSecond: number;
}

/** Milliseconds of each request, from when it was due to its whole answer. @throws Error for another status. */
export async function openLoad(load: OpenLoad): Promise<readonly number[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: load });
  const message = await new Promise<readonly number[] | string>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
  await worker.terminate();
  if (typeof message === 'string') throw new Error(message);
  return message;
}

async function run(load: OpenLoad): Promise<readonly number[]> {
  const begun = performance.now();
  const times: number[] = [];
  let taken = 0;
  const connection = async () => {
    const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const answers = answersOf(socket);
    while (taken < load.requests) {
      const due = begun + (taken * 1000) / load.ratePerSecond;
      taken += 1;
      const number = taken;
      const early = due - performance.now();
      if (early > 0) await sleep(early);
      socket.write(requestText(load, number));
      const status: unknown = (await answers.next()).value;
      if (status !== load.expectedStatus) throw new Error(`answered ${String(status)}, not ${load.expectedStatus}`);
      times.push(performance.now() - due);
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: load.connections }, connection));
  return times;
}

if (!isMainThread && parentPort !== null) {
  const port = parentPort;
  run(workerData as OpenLoad).then(
    (times) => port.postMessage(times),
    (error: unknown) => port.postMessage(String(error)),
  );
}
