// The sync of the log to disk has returned before a commit is acknowledged: seen from outside, by strace.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { figure, proofTimeoutMs, prove, startPostgres } from '@paystrata/test-servers';
import { expect, it } from 'vitest';
import { makePlace, type Place } from './testing/place.ts';
import type { PayingOptions } from './testing/paying-program.ts';
import { startProgram } from './testing/program.ts';
import { traceProcess, type SystemCall } from './testing/strace.ts';

const part = 'synced';
const property = 'synced before acknowledged';
const EVENTS = figure(60, 5000);

function startWriter(place: Place) {
  const options: PayingOptions = { place, lanes: 1, jumpMs: 0 };
  return startProgram(fileURLToPath(import.meta.resolve('./testing/paying-program.ts')), options);
}

/**
 * Follows each writing process: what it wrote to the log since its last sync must be synced when it answers.
 *
 * @returns how many answers came after writing, each with its sync before it.
 */
function syncedAnswers(
  calls: readonly SystemCall[],
  isLog: (text: string) => boolean,
  isAnswer: (call: SystemCall) => boolean,
): number {
  const dirty = new Set<string>();
  const written = new Set<string>();
  let answers = 0;
  for (const call of calls) {
    const { pid, name, text } = call;
    if (name.startsWith('pwrite') && isLog(text) && call.began) {
      dirty.add(pid);
      written.add(pid);
    }
    if ((name === 'fdatasync' || name === 'fsync') && isLog(text) && call.returned) dirty.delete(pid);
    if (!isAnswer(call) || !call.began) continue;
    expect(dirty.has(pid), `process ${pid} answers before its sync: ${text}`).toBe(false);
    if (written.delete(pid)) answers++;
  }
  return answers;
}

it(
  'on SQLite: our process',
  async () => {
    const [{ place, remove }, folder] = [makePlace(), mkdtempSync(join(tmpdir(), 'paystrata-strace-'))];
    await prove({ part, property, store: 'SQLite' }, async () => {
      const writer = startWriter(place);
      await writer.until(10);
      const trace = await traceProcess(writer.pid, join(folder, 'calls'));
      const begun = writer.lines.length;
      await writer.until(begun + EVENTS);
      const calls = await trace.detach();
      await writer.kill();
      const isAcknowledgement = ({ name, text }: SystemCall) => name === 'write' && /^write\(1</.test(text);
      const answers = syncedAnswers(calls, (text) => text.includes('journal.db-wal'), isAcknowledgement);
      expect(answers).toBeGreaterThan(EVENTS / 3);
      return `${answers} acknowledgements, each written after fdatasync of the journal's WAL had returned`;
    });
    remove();
    rmSync(folder, { recursive: true });
  },
  proofTimeoutMs,
);

it(
  'on PostgreSQL: the server',
  async () => {
    await using server = await startPostgres({ own: true });
    const [{ place, remove }, folder] = [
      makePlace(await server.createDatabase()),
      mkdtempSync(join(tmpdir(), 'paystrata-strace-')),
    ];
    await prove({ part, property, store: 'PostgreSQL' }, async () => {
      const trace = await traceProcess(server.pid ?? 0, join(folder, 'calls'));
      const writer = startWriter(place);
      await writer.until(EVENTS);
      await writer.kill();
      const calls = await trace.detach();
      const answers = syncedAnswers(
        calls,
        (text) => text.includes('/pg_wal/'),
        ({ name }) => name === 'sendto',
      );
      expect(answers).toBeGreaterThan(EVENTS / 3);
      return `${answers} answers of the server to a commit, each sent after fdatasync of its WAL had returned`;
    });
    remove();
    rmSync(folder, { recursive: true });
  },
  proofTimeoutMs,
);
