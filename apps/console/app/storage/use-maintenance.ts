// Runs one action of maintenance at a time, and watches it; leaving the page ends it.

import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/problem.ts';
import type { MaintenanceAction, MaintenanceReport } from '../api/types.ts';
import { useApp } from '../ui/app-context.ts';
import type { Progress } from './pace.ts';

export interface Running {
  readonly action: MaintenanceAction;
  readonly progress: Progress;
  readonly milliseconds: number;
}

export type Outcome =
  | { readonly kind: 'report'; readonly report: MaintenanceReport; readonly milliseconds: number }
  | { readonly kind: 'problem'; readonly problem: Problem }
  | { readonly kind: 'cancelled'; readonly action: MaintenanceAction; readonly done: number };

export interface MaintenanceRun {
  readonly running: Running | null;
  readonly outcome: Outcome | null;
  readonly start: (action: MaintenanceAction) => void;
  readonly cancel: () => void;
}

/** @param onEnd after each action, however it ended. */
export function useMaintenance(onEnd: () => void): MaintenanceRun {
  const { client } = useApp();
  const [running, setRunning] = useState<Running | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const run = async (action: MaintenanceAction) => {
    const { signal } = (current.current = new AbortController());
    const begun = performance.now();
    let done = 0;
    const show = (progress: Progress) => {
      done = progress.done;
      setRunning({ action, progress, milliseconds: performance.now() - begun });
    };
    setOutcome(null);
    show({ done, total: null });
    try {
      const report = await client.maintain(action, show, signal);
      setOutcome({ kind: 'report', report, milliseconds: performance.now() - begun });
    } catch (error) {
      if (signal.aborted) setOutcome({ kind: 'cancelled', action, done });
      else if (error instanceof Problem) setOutcome({ kind: 'problem', problem: error });
      else throw error;
    } finally {
      setRunning(null);
      onEnd();
    }
  };
  return { running, outcome, start: (action) => void run(action), cancel: () => current.current?.abort() };
}
