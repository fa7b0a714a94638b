// Bytes a payment in memory: the state with its index beside the same payments as plain objects in a Map.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createPaymentIndex } from '@paystrata/infra-inmemory';
import { paymentDocuments, type PaymentData } from '../data/payments.ts';
import type { ComparisonResult } from '../harness/compare.ts';
import { compareRebuild, logOf } from './rebuild.ts';

const sizes = (process.env['BENCH_PAYMENTS'] ?? '10000,100000,1000000').split(',').map(Number);

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');

/** Heap and typed arrays in use, after everything else was collected. */
function bytesInUse(): number {
  if (typeof collect === 'function') for (let times = 0; times < 3; times += 1) Reflect.apply(collect, undefined, []);
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What `hold` returns, in bytes. */
function bytesOf(hold: () => unknown): number {
  const before = bytesInUse();
  const held = hold();
  const bytes = bytesInUse() - before;
  if (held === undefined) throw new Error('nothing to measure');
  return bytes;
}

function plainObjects(data: PaymentData): unknown {
  const payments = new Map<string, object>();
  for (const { payment } of paymentDocuments(data)) payments.set(payment.id, payment);
  return payments;
}

function stateAndIndex(data: PaymentData): unknown {
  const index = createPaymentIndex();
  for (const document of paymentDocuments(data)) index.apply(document);
  index.compact();
  return index;
}

/** What the log and the state of a payment with one event take, without an index. */
async function logBytes(payments: number): Promise<number> {
  const before = bytesInUse();
  const store = await logOf(payments);
  const bytes = bytesInUse() - before;
  await store.stop();
  return bytes / payments;
}

/** Prints a table of its own: bytes are not a rate. Then what it takes to make the index anew. */
export async function benchMemory(): Promise<readonly ComparisonResult[]> {
  console.log(
    '\n| memory a payment | plain objects in a Map | state and index | ratio |\n| --- | ---: | ---: | ---: |',
  );
  for (const payments of sizes) {
    for (const organizations of [1, 10_000]) {
      const data = { payments, organizations };
      const [plain, ours] = [
        bytesOf(() => plainObjects(data)) / payments,
        bytesOf(() => stateAndIndex(data)) / payments,
      ];
      const title = `${payments.toLocaleString('en-US')} payments of ${organizations.toLocaleString('en-US')}`;
      console.log(`| ${title} | ${plain.toFixed(0)} B | ${ours.toFixed(0)} B | ${(ours / plain).toFixed(2)} |`);
    }
  }
  const payments = Math.min(...sizes);
  const bytes = (await logBytes(payments)).toFixed(0);
  console.log(`\nLog and state of ${payments.toLocaleString('en-US')} payments, one event each: ${bytes} B a payment.`);
  return [await compareRebuild()];
}
