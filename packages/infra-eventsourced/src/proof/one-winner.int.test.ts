// Racing commands on one payment, from four processes at once: exactly one wins, and refunds never add up to more than
// was captured.
import { fileURLToPath } from 'node:url';
import { createUuidV7Ids, paymentIdFor, systemClock } from '@paystrata/application';
import { figure, proofTimeoutMs, prove, startPostgres } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { LogCheck } from './testing/log-check.ts';
import { acme, makePlace, type Place } from './testing/place.ts';
import { startProgram, type Program } from './testing/program.ts';
import type { Race } from './testing/racing-program.ts';

const part = 'one-winner';
const property = 'racing commands have one winner; refunds stay within the capture';
const ROUNDS = figure(3, 250);
const RACERS_A_PROCESS = 8;
const ids = createUuidV7Ids(systemClock);

async function raceAll(place: Place): Promise<string> {
  const program = fileURLToPath(import.meta.resolve('./testing/racing-program.ts'));
  const programs = Array.from({ length: 4 }, () => startProgram(program, { place }));
  await Promise.all(programs.map((each) => each.until(1)));
  let races = 0;
  const race = async (kind: Race['kind'], on: string) => {
    races++;
    expect(await winnersOf(programs, { kind, on, racers: RACERS_A_PROCESS }), `${kind} ${on}`).toBe(1);
  };
  for (let round = 0; round < ROUNDS; round++) {
    await race('create', `paid-${round}`);
    await race('process', paymentIdFor(acme, `paid-${round}`, ids));
    await race('refund', paymentIdFor(acme, `paid-${round}`, ids));
    await race('create', `deleted-${round}`);
    await race('delete', paymentIdFor(acme, `deleted-${round}`, ids));
  }
  for (const each of programs) await each.kill();
  const check = await LogCheck.open(place);
  await check.settle();
  await check.stop();
  // Creation, attempt, answer, refund and its answer; creation and deletion.
  expect(check.events).toBe(ROUNDS * 7);
  return `${races} races of 32 commands each from 4 processes (create, process, refund 60 %, delete): one winner each; money conserved`;
}

async function winnersOf(programs: readonly Program[], race: Race): Promise<number> {
  const before = programs.map(({ lines }) => lines.length);
  for (const program of programs) program.say(JSON.stringify(race));
  await Promise.all(programs.map((program, index) => program.until((before[index] ?? 0) + 1)));
  return programs.reduce((sum, { lines }) => sum + Number(lines.at(-1)), 0);
}

it(
  'on SQLite',
  async () => {
    const { place, remove } = makePlace();
    await prove({ part, property, store: 'SQLite' }, () => raceAll(place));
    remove();
  },
  proofTimeoutMs,
);

it(
  'on PostgreSQL',
  async () => {
    await using server = await startPostgres();
    const { place, remove } = makePlace(await server.createDatabase());
    await prove({ part, property, store: 'PostgreSQL' }, () => raceAll(place));
    remove();
  },
  proofTimeoutMs,
);
