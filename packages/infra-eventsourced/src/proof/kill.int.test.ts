// kill -9 of our processes and of the server while they write: nothing acknowledged is lost, nothing is doubled, and
// after each kill the money is that of the gateway's own books.
import { fileURLToPath } from 'node:url';
import { figure, proofTimeoutMs, prove, startPostgres } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { collect } from './testing/acknowledgements.ts';
import { LogCheck } from './testing/log-check.ts';
import { makePlace, type Place } from './testing/place.ts';
import type { PayingOptions } from './testing/paying-program.ts';
import { startProgram, type Program } from './testing/program.ts';

const part = 'kill';
const property = 'acknowledged is durable, once; money is conserved';
const KILLS = figure(4, 200);
/** Acknowledged events a kill. */
const EVENTS = figure(150, 300);

const start = (place: Place): Program => {
  const options: PayingOptions = { place, lanes: 32, jumpMs: 0 };
  return startProgram(fileURLToPath(import.meta.resolve('./testing/paying-program.ts')), options);
};

/** @param killServer kills it and has it back; null: every kill is of a process of ours */
async function killAgainAndAgain(place: Place, killServer: (() => Promise<void>) | null): Promise<string> {
  const acknowledged = new Map<string, number>();
  const check = await LogCheck.open(place);
  let ofTheServer = 0;
  for (let kill = 0; kill < KILLS; kill++) {
    const program = start(place);
    const moment = EVENTS + ((kill * 37) % 50);
    await program.until(moment);
    if (killServer !== null && kill % 2 === 1) {
      await killServer();
      ofTheServer++;
      await program.until(program.lines.length + 50);
    }
    await program.kill();
    collect(program, acknowledged);
    await check.readOn();
    check.assertKept(acknowledged);
    await check.settle();
  }
  await check.stop();
  // Once more from the beginning, by a process that has seen nothing.
  const again = await LogCheck.open(place);
  await again.readOn();
  again.assertKept(acknowledged);
  await again.settle();
  await again.stop();
  expect(acknowledged.size).toBeGreaterThan(KILLS * EVENTS * 0.9);
  const kills = ofTheServer === 0 ? `${KILLS} kills` : `${KILLS} kills of processes, ${ofTheServer} of the server`;
  return `${kills}; ${acknowledged.size} events acknowledged of ${again.events}: none lost, none doubled; money conserved after each`;
}

it(
  'loses and doubles nothing on SQLite',
  async () => {
    const { place, remove } = makePlace();
    await prove({ part, property, store: 'SQLite' }, () => killAgainAndAgain(place, null));
    remove();
  },
  proofTimeoutMs,
);

it(
  'loses and doubles nothing on PostgreSQL',
  async () => {
    await using server = await startPostgres({ own: true });
    const { place, remove } = makePlace(await server.createDatabase());
    const killServer = async () => {
      await server.kill9();
      await server.restart();
    };
    await prove({ part, property, store: 'PostgreSQL' }, () => killAgainAndAgain(place, killServer));
    remove();
  },
  proofTimeoutMs,
);
