// No request holds the event loop for 50 ms: what is made to hurt never does, imports of all that is allowed do not usually.

import { randomUUID } from 'node:crypto';
import { prove } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startMachine, type Machine } from '../e2e/machine.ts';

/** Milliseconds of the thread between two turns of its loop. */
const MOST = 50;
const BULK = 8 * 1024 * 1024 - 1;
const BODY = 256 * 1024 - 1;
const ROUNDS = 12;
const IN_FLIGHT = 4;
const property = 'no request holds the event loop';

/** A text of so many bytes, or a few less, made of one piece again and again. */
const filled = (piece: string, bytes: number) => piece.repeat(Math.floor(bytes / piece.length));

const rows = (bytes: number) =>
  Array.from({ length: 1000 }, (_, number) => {
    const row = { reference: randomUUID(), amount: number + 1, currency: 'EUR', description: 'compute in June' };
    const room = bytes - JSON.stringify(row).length - 20;
    const values = Array.from({ length: Math.max(0, Math.floor(room / 480)) }, (_, key) => [
      `k${key}`,
      'x'.repeat(465),
    ]);
    return JSON.stringify({ ...row, metadata: Object.fromEntries(values) as object });
  }).join('\n');

const bulk = ['/v1/payments/bulk', 'application/x-ndjson'] as const;
const create = ['/v1/payments', 'application/json'] as const;

/** What is sent, and what is answered; the body is made anew each time. */
const requests: readonly (readonly [
  name: string,
  to: typeof bulk | typeof create,
  status: number,
  body: () => string,
])[] = [
  ['8 MiB of blank lines', bulk, 200, () => filled('\n', BULK)],
  ['8 MiB of lines of blanks', bulk, 200, () => filled(`${' '.repeat(99)}\n`, BULK)],
  ['8 MiB in one line', bulk, 200, () => filled(' ', BULK)],
  ['8 MiB of empty objects', bulk, 413, () => filled('{}\n', BULK)],
  ['a thousand rows of all that may be in 8 MiB', bulk, 200, () => rows(8000)],
  ['a thousand rows as they are', bulk, 200, () => rows(0)],
  ['100,000 levels', create, 400, () => filled('[', 100_000)],
  ['as many keys as fit', create, 400, () => `{${filled('"a":1,', BODY - 10)}"a":1}`],
];

interface Held {
  readonly name: string;
  readonly isImport: boolean;
  /** Milliseconds of the longest turn: in the median of the rounds, and of all. */
  readonly usual: number;
  readonly longest: number;
}

describe.each(['memory-cqs', 'event-sourced'] as const)('%s', (strategy) => {
  let machine: Machine;
  beforeAll(async () => {
    const overrides = { storage: { strategy }, server: { port: 0 }, log: { level: 'silent' } } as const;
    machine = await startMachine({ ...overrides, limits: { ratePerSecond: 0 } });
  });
  afterAll(() => machine.kill());

  async function send([path, type]: typeof bulk | typeof create, body: string, status: number): Promise<void> {
    const headers = {
      ...{ authorization: `Bearer ${machine.firstKey ?? ''}`, 'content-type': type },
      'idempotency-key': randomUUID(),
    };
    const answer = await fetch(machine.url + path, { method: 'POST', headers, body });
    expect([answer.status, (await answer.text()).slice(0, 200)]).toEqual([status, expect.anything()]);
  }

  it(property, async () => {
    await prove({ part: 'event-loop', property, store: strategy }, async () => {
      const held: Held[] = [];
      for (const [name, to, status, body] of requests) {
        // What is compiled at the first time is no part of what the hundredth costs.
        for (let warm = 0; warm < 3; warm += 1) await send(to, body(), status);
        await machine.longestHold();
        const turns: number[] = [];
        for (let round = 0; round < ROUNDS; round += 1) {
          await Promise.all(Array.from({ length: IN_FLIGHT }, () => send(to, body(), status)));
          turns.push(await machine.longestHold());
        }
        turns.sort((a, b) => a - b);
        held.push({ name, isImport: to === bulk, usual: turns[ROUNDS / 2] ?? NaN, longest: turns.at(-1) ?? NaN });
      }
      const told = held
        .map(({ name, usual, longest }) => `${name} ${usual.toFixed(0)}/${longest.toFixed(0)}`)
        .join('; ');
      console.log(`${strategy}: ${told}`);
      // An import that is allowed stores much: now and then a full collection falls into its turn.
      expect(held.filter(({ isImport, usual, longest }) => !((isImport ? usual : longest) <= MOST))).toEqual([]);
      return `${IN_FLIGHT} at a time, the longest turn of the loop in ms, in the usual round and of all: ${told}`;
    });
  });
});
