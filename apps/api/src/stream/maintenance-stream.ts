// Maintenance as server-sent events: how far it is while it runs, then its report or what went wrong.

import type { Clock, MaintenanceReport, Progress } from '@paystrata/application';
import type { Problem } from '../problems/problem-of.ts';
import { createWakeups } from './wakeups.ts';

/** Nobody sees more of a bar than this; what comes faster is left out. */
const PACE_MS = 200;
/** Without progress for so long, a comment shows whoever is in between that the connection lives. */
const QUIET_MS = 10_000;

export interface WatchedRun {
  /** Is begun at once, and ends early where the signal is aborted. */
  readonly run: (onProgress: (progress: Progress) => void) => Promise<MaintenanceReport>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** What a failure on the way is told as. */
  readonly problemOf: (error: unknown) => Problem;
}

/**
 * Resolves with the frames once there is a first one: a run that fails before is rejected, and can be answered with a
 * status of its own. After that, a failure is the last frame.
 */
export async function watchMaintenance(watched: WatchedRun): Promise<AsyncGenerator<string>> {
  const frames = framesOf(watched);
  const first = await frames.next();
  return withEnding(first.done === true ? '' : first.value, frames, watched);
}

async function* withEnding(
  first: string,
  rest: AsyncGenerator<string>,
  { signal, problemOf }: WatchedRun,
): AsyncGenerator<string> {
  yield first;
  try {
    yield* rest;
  } catch (error) {
    if (!signal.aborted) yield frame('problem', problemOf(error));
  }
}

interface State {
  /** The newest that was not shown. */
  progress: Progress | null;
  over: boolean;
}

async function* framesOf({ run, clock, signal }: WatchedRun): AsyncGenerator<string> {
  const state: State = { progress: null, over: false };
  const wakeups = createWakeups();
  const result = run((progress) => {
    state.progress = progress;
    wakeups.ring();
  });
  const ended = result
    .catch(() => undefined)
    .then(() => {
      state.over = true;
      wakeups.ring();
    });
  while (!state.over) {
    const { progress } = state;
    if (progress === null) {
      if (!(await happensWithin(QUIET_MS, wakeups.next())) && state.progress === null) yield ': still here\n\n';
    } else {
      state.progress = null;
      yield frame('progress', progress);
      await happensWithin(PACE_MS, ended);
    }
  }
  const report = await result;
  if (state.progress !== null) yield frame('progress', state.progress);
  yield frame('report', report);

  async function happensWithin(milliseconds: number, event: Promise<void>): Promise<boolean> {
    const decided = new AbortController();
    const pause = clock.sleep(milliseconds, AbortSignal.any([signal, decided.signal])).then(
      () => false,
      () => true,
    );
    const happened = await Promise.race([event.then(() => true), pause]);
    decided.abort();
    return happened;
  }
}

function frame(event: 'progress' | 'report' | 'problem', data: object): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
