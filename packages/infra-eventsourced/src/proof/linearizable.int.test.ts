// A payment is linearizable: sixteen clients in four processes, faults all the time, and an order is found for all that
// they saw.
import { fileURLToPath } from 'node:url';
import { systemClock } from '@paystrata/application';
import { figure, proofTimeoutMs, prove, startPostgres, startToxiproxy } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { makePlace, known, type Place } from './testing/place.ts';
import { startProgram, type Program } from './testing/program.ts';
import { generator } from './testing/random.ts';
import { assertLinearizable } from './testing/register-history.ts';
import type { RegisterOptions } from './testing/register-program.ts';

const part = 'linearizable';
const property = 'a payment is linearizable';
const OPERATIONS = figure(600, 100_000);
const FAULT_EVERY_MS = figure(500, 3000);
const SUSPENDED_MS = figure(200, 1000);
const PROCESSES = 4;

type Fault = (process: number) => Promise<void>;

/** The processes that are alive now; the killed ones are kept for what they saw. */
class Clients {
  readonly all: Program[] = [];
  readonly alive: Program[] = [];
  readonly #places: readonly Place[];

  constructor(places: readonly Place[]) {
    this.#places = places;
    for (let process = 0; process < PROCESSES; process++) this.start(process);
  }

  start(process: number): void {
    const place = known(this.#places[process % this.#places.length]);
    const options: RegisterOptions = { place, clients: 4, seed: this.all.length, windowMs: 150 };
    const program = startProgram(fileURLToPath(import.meta.resolve('./testing/register-program.ts')), options);
    this.alive[process] = program;
    this.all.push(program);
  }

  /** Lines are calls and answers. */
  operations(): number {
    return this.all.reduce((sum, { lines }) => sum + lines.length / 2, 0);
  }
}

async function run(clients: Clients, more: readonly Fault[]): Promise<string> {
  const random = generator(42);
  const kill: Fault = async (process) => {
    await known(clients.alive[process]).kill();
    clients.start(process);
  };
  const suspend: Fault = async (process) => {
    known(clients.alive[process]).suspend();
    await systemClock.sleep(SUSPENDED_MS);
    known(clients.alive[process]).resume();
  };
  const faults = [kill, suspend, ...more];
  let count = 0;
  while (clients.operations() < OPERATIONS) {
    await systemClock.sleep(FAULT_EVERY_MS);
    await known(faults[count++ % faults.length])(random(PROCESSES));
  }
  for (const program of clients.alive) program.say('stop');
  for (const program of clients.alive) await program.ended();
  const { operations, open, payments } = assertLinearizable(clients.all);
  expect(operations).toBeGreaterThanOrEqual(OPERATIONS * 0.99);
  expect(count).toBeGreaterThan(3);
  return `${operations} operations on ${payments} payments by 16 clients in 4 processes, ${count} faults, ${open} outcomes left open: no violation`;
}

it(
  'on SQLite',
  async () => {
    const { place, remove } = makePlace();
    await prove({ part, property, store: 'SQLite' }, () => run(new Clients([place]), []));
    remove();
  },
  proofTimeoutMs,
);

it(
  'on PostgreSQL',
  async () => {
    await using server = await startPostgres({ own: true });
    await using toxiproxy = await startToxiproxy();
    const url = await server.createDatabase();
    const links = await Promise.all(Array.from({ length: PROCESSES }, () => toxiproxy.link(url)));
    const { place, remove } = makePlace(url);
    const places = links.map((link): Place => ({
      ...place,
      store: { kind: 'postgres', url: link.through(url), poolSize: 4 },
    }));
    const cut: Fault = async (process) => {
      await known(links[process]).cut();
      await known(links[process]).mend();
    };
    const loseAnswers: Fault = async (process) => {
      await known(links[process]).loseAnswers();
      await systemClock.sleep(SUSPENDED_MS / 4);
      await known(links[process]).mend();
    };
    const killServer: Fault = async () => {
      await server.kill9();
      await server.restart();
    };
    const suspendServer: Fault = async () => {
      server.suspend();
      await systemClock.sleep(SUSPENDED_MS);
      server.resume();
    };
    const faults = [cut, loseAnswers, killServer, suspendServer];
    await prove({ part, property, store: 'PostgreSQL' }, () => run(new Clients(places), faults));
    remove();
  },
  proofTimeoutMs,
);
