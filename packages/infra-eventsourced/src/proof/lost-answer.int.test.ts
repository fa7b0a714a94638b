// The answer to a commit is lost and the command is sent again, with the same id: there is exactly one payment.
import { parseCommandId, parsePaymentId, PortFailure } from '@paystrata/application';
import { figure, proofTimeoutMs, prove, startHoldingProxy, startPostgres } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { known, makePlace, openPlace, type OpenPlace, type Place } from './testing/place.ts';
import { LogCheck } from './testing/log-check.ts';

const part = 'lost-answer';
const property = 'a lost answer, sent again, is one payment';
const COMMANDS = figure(120, 10_000);
const LANES = 8;

/** What stays unknown after the store's own tries is sent again, as every caller must. */
async function answered<T>(send: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await send();
    } catch (error) {
      if (!(error instanceof PortFailure) || error.code !== 'OUTCOME_UNKNOWN') throw error;
    }
  }
}

/** Sends each command until it is answered, then once more from another process; counts what came of it. */
async function createAll(lanes: readonly OpenPlace[], place: Place): Promise<number> {
  const other = await openPlace(place);
  let replayed = 0;
  const lane = async (opened: OpenPlace, commands: number) => {
    for (let command = 0; command < commands; command++) {
      const context = {
        commandId: known(parseCommandId(opened.ids.next())),
        newPaymentId: known(parsePaymentId(opened.ids.next())),
      };
      const message = { type: 'CreatePayment', amount: 100, currency: 'EUR' } as const;
      const first = await answered(() => opened.send(message, context));
      const second = await other.send(message, context);
      expect(first.ok && second.ok && second.receipt.replayed).toBe(true);
      if (first.ok && first.receipt.replayed) replayed++;
    }
  };
  await Promise.all(lanes.map((opened) => lane(opened, COMMANDS / LANES)));
  await other.stop();
  const check = await LogCheck.open(place);
  await check.readOn();
  await check.stop();
  expect(check.events).toBe(COMMANDS);
  return replayed;
}

it(
  'on PostgreSQL: the connection is reset after the commit',
  async () => {
    await using server = await startPostgres();
    const url = await server.createDatabase();
    const { place, remove } = makePlace(url);
    await (await LogCheck.open(place)).stop();
    // One command at a time through each proxy, every other answer is lost.
    const proxies = await Promise.all(
      Array.from({ length: LANES }, () => {
        let sent = 0;
        const plan = () => ({ holdMs: 0, end: sent++ % 2 === 0 ? 'lose-answer' : 'commit' }) as const;
        return startHoldingProxy(url, { trigger: 'PaymentCreated', plan });
      }),
    );
    const lanes = await Promise.all(
      proxies.map((proxy) => openPlace({ ...place, store: { kind: 'postgres', url: proxy.url, poolSize: 2 } })),
    );
    await prove({ part, property, store: 'PostgreSQL' }, async () => {
      const replayed = await createAll(lanes, place);
      const lost = proxies.reduce((sum, { counts }) => sum + counts['lose-answer'], 0);
      expect(Math.min(lost, replayed)).toBeGreaterThan(COMMANDS / 4);
      return `${lost} connections reset after a commit, ${COMMANDS} commands sent until answered and then once more: ${COMMANDS} payments`;
    });
    for (const lane of lanes) await lane.stop();
    for (const proxy of proxies) await proxy.stop();
    remove();
  },
  proofTimeoutMs,
);

it(
  'on SQLite, which has no connection to lose: the answer never came to whoever asked',
  async () => {
    const { place, remove } = makePlace();
    const lanes: OpenPlace[] = [];
    for (let lane = 0; lane < LANES; lane++) lanes.push(await openPlace(place));
    await prove({ part, property, store: 'SQLite' }, async () => {
      await createAll(lanes, place);
      return `${COMMANDS} commands sent again by another connection: ${COMMANDS} payments`;
    });
    for (const lane of lanes) await lane.stop();
    remove();
  },
  proofTimeoutMs,
);
