// Progress for people: a bar on stderr with rate and remaining time, where a terminal shows it.

import type { Progress } from '@paystrata/application';
import { Presets, SingleBar } from 'cli-progress';
import type { Terminal } from '../terminal.ts';

export interface ProgressBar {
  /** The total may become known, or change, on the way. Without a note: how many are done, and how fast. */
  readonly update: (progress: Progress, note?: string) => void;
  /** Leaves the last state of the bar standing. */
  readonly stop: () => void;
}

const silent: ProgressBar = { update: () => undefined, stop: () => undefined };

/** Nothing is shown where stderr is no terminal. */
export function showProgress(terminal: Terminal, what: string): ProgressBar {
  if (!terminal.showsProgress) return silent;
  const bar = new SingleBar(
    {
      stream: terminal.stderr,
      format: `${what} {bar} {percentage}% | {eta_formatted} left {note}`,
      etaBuffer: 50,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  bar.start(0, 0, { note: '' });
  const begun = performance.now();
  return {
    update({ done, total }, note = shownRate(done, performance.now() - begun)) {
      bar.setTotal(total ?? done);
      bar.update(done, { note: `| ${note}` });
    },
    stop: () => bar.stop(),
  };
}

function shownRate(done: number, milliseconds: number): string {
  const rate = Math.round((done * 1000) / Math.max(1, milliseconds));
  return `${done.toLocaleString('en')}, ${rate.toLocaleString('en')} a second`;
}
