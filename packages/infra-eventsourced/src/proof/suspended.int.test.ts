// A process that is stopped (SIGSTOP) in mid-commit holds up nobody: others commit as if it were not there.
import { fileURLToPath } from 'node:url';
import { figure, proofTimeoutMs, prove, startPostgres } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { collect } from './testing/acknowledgements.ts';
import { LogCheck } from './testing/log-check.ts';
import { makePlace, openPlace } from './testing/place.ts';
import type { PayingOptions } from './testing/paying-program.ts';
import { startProgram } from './testing/program.ts';

const part = 'suspended';
const property = 'a process stopped in mid-commit holds up nobody';
const TIMES = figure(20, 500);
/** Far below the time that a commit waits for others at most, and above what a busy machine takes. */
const SLOW_MS = 2500;

it(
  'on PostgreSQL',
  async () => {
    await using server = await startPostgres();
    const { place, remove } = makePlace(await server.createDatabase());
    await prove({ part, property, store: 'PostgreSQL' }, async () => {
      const opened = await openPlace(place);
      const options: PayingOptions = { place, lanes: 32, jumpMs: 0 };
      const program = startProgram(fileURLToPath(import.meta.resolve('./testing/paying-program.ts')), options);
      let slowest = 0;
      for (let time = 0; time < TIMES; time++) {
        await program.until(program.lines.length + 1);
        program.suspend();
        const begun = performance.now();
        const result = await opened.send({ type: 'CreatePayment', amount: 100, currency: 'EUR' });
        slowest = Math.max(slowest, performance.now() - begun);
        expect(result.ok).toBe(true);
        program.resume();
      }
      await program.kill();
      expect(slowest).toBeLessThan(SLOW_MS);
      const acknowledged = new Map<string, number>();
      collect(program, acknowledged);
      const check = await LogCheck.open(place);
      await check.readOn();
      check.assertKept(acknowledged);
      await check.stop();
      await opened.stop();
      return `${TIMES} times stopped while it committed; the slowest commit of another process meanwhile took ${Math.round(slowest)} ms; nothing lost`;
    });
    remove();
  },
  proofTimeoutMs,
);
