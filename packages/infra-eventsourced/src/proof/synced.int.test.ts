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
const EVENTS = figure(60, 400);

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

/**
 * For each event that was acknowledged: the thread that first wrote it to the log has synced the log after that, and the
 * sync has returned before the acknowledgement is written. Which thread that is does not matter.
 *
 * @returns how many events were acknowledged.
 */
function syncedEvents(calls: readonly SystemCall[], isLog: (text: string) => boolean): number {
  const writtenBy = new Map<string, { readonly pid: string; readonly at: number }>();
  const begunAt = new Map<string, number>();
  const synced = new Map<string, number>();
  let acknowledged = 0;
  for (const [at, { pid, name, text, began, returned }] of calls.entries()) {
    if (isLog(text) && name.endsWith('sync')) {
      if (began) begunAt.set(pid, at);
      if (returned) synced.set(pid, begunAt.get(pid) ?? at);
    }
    if (isLog(text) && name.startsWith('pwrite') && began) {
      for (const [id] of text.matchAll(uuid)) if (!writtenBy.has(id)) writtenBy.set(id, { pid, at });
    }
    const [, id] = acknowledgement.exec(text) ?? [];
    const written = id === undefined ? undefined : writtenBy.get(id);
    // What was written before the tracing began cannot be judged.
    if (name !== 'write' || !began || written === undefined) continue;
    const sync = synced.get(written.pid) ?? -1;
    expect(sync > written.at, `event ${id} is acknowledged before its sync`).toBe(true);
    acknowledged++;
  }
  return acknowledged;
}

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const acknowledgement = /^write\(1<[^>]*>, "([0-9a-f-]{36}) \d/;
/** More than a page of SQLite. */
const PAGE = 4200;

it(
  'on SQLite: our process',
  async () => {
    const [{ place, remove }, folder] = [makePlace(), mkdtempSync(join(tmpdir(), 'paystrata-strace-'))];
    await prove({ part, property, store: 'SQLite' }, async () => {
      const writer = startWriter(place);
      await writer.until(10);
      const trace = await traceProcess(writer.pid, join(folder, 'calls'), PAGE);
      const begun = writer.lines.length;
      await writer.until(begun + EVENTS);
      const calls = await trace.detach();
      await writer.kill();
      const events = syncedEvents(calls, (text) => text.includes('journal.db-wal>'));
      expect(events).toBeGreaterThan(EVENTS * 0.8);
      return `${events} events, each acknowledged after the sync of the WAL by the thread that wrote it had returned`;
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
