// The clock of the writing processes jumps by an hour, forth and back, with every reading: the order stays what it is.
import { fileURLToPath } from 'node:url';
import { figure, proofTimeoutMs, prove, startPostgres } from '@paystrata/test-servers';
import { it } from 'vitest';
import { collect } from './testing/acknowledgements.ts';
import { LogCheck } from './testing/log-check.ts';
import { makePlace, type Place } from './testing/place.ts';
import type { PayingOptions } from './testing/paying-program.ts';
import { startProgram } from './testing/program.ts';

const part = 'clock';
const property = 'a clock that jumps changes no order';
const EVENTS = figure(300, 20_000);

async function jump(place: Place): Promise<string> {
  const options: PayingOptions = { place, lanes: 8, jumpMs: 3_600_000 };
  const program = fileURLToPath(import.meta.resolve('./testing/paying-program.ts'));
  const programs = [startProgram(program, options), startProgram(program, options)];
  await Promise.all(programs.map((each) => each.until(EVENTS / 2)));
  const acknowledged = new Map<string, number>();
  for (const each of programs) {
    await each.kill();
    collect(each, acknowledged);
  }
  const check = await LogCheck.open(place);
  await check.readOn();
  check.assertKept(acknowledged);
  await check.settle();
  await check.stop();
  return `${acknowledged.size} events of 2 processes whose clocks jump by ±1 h: positions and versions without gaps, times of a payment never go back, money conserved`;
}

it(
  'on SQLite',
  async () => {
    const { place, remove } = makePlace();
    await prove({ part, property, store: 'SQLite' }, () => jump(place));
    remove();
  },
  proofTimeoutMs,
);

it(
  'on PostgreSQL',
  async () => {
    await using server = await startPostgres();
    const { place, remove } = makePlace(await server.createDatabase());
    await prove({ part, property, store: 'PostgreSQL' }, () => jump(place));
    remove();
  },
  proofTimeoutMs,
);
