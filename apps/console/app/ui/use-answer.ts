// Asks the API for what a page shows, again when the question changes; the answer before stays until then.

import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/problem.ts';
import { useApp } from './app-context.ts';

export interface Answer<Value> {
  readonly value: Value | null;
  readonly problem: Problem | null;
  readonly loading: boolean;
  readonly reload: () => void;
  /** Puts in what a write answered. */
  readonly replace: (value: Value) => void;
}

export function useAnswer<Value>(question: string, ask: (signal: AbortSignal) => Promise<Value>): Answer<Value> {
  const { signOut } = useApp();
  const [state, setState] = useState<Omit<Answer<Value>, 'reload' | 'replace'>>({
    ...{ value: null, problem: null, loading: true },
  });
  const [round, setRound] = useState(0);
  const latest = useRef(ask);
  latest.current = ask;
  useEffect(() => {
    const controller = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    latest
      .current(controller.signal)
      .then((value) => {
        if (!controller.signal.aborted) setState({ value, problem: null, loading: false });
      })
      .catch((error: unknown) => {
        if (controller.signal.aborted) return;
        if (!(error instanceof Problem)) throw error;
        if (error.status === 401) signOut(error);
        else setState((before) => ({ ...before, problem: error, loading: false }));
      });
    return () => controller.abort();
  }, [question, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  const replace = useCallback((value: Value) => setState({ value, problem: null, loading: false }), []);
  return { ...state, reload, replace };
}
