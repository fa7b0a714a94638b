// The rows of the list: the first page at once, the next ones as they are scrolled to.

import type { PaymentView } from '../api/types.ts';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/problem.ts';
import { useApp } from '../ui/app-context.ts';

interface Rows {
  readonly rows: readonly PaymentView[];
  readonly next: string | null;
  readonly total: { readonly value: number; readonly capped: boolean } | null;
}

export interface Payments extends Rows {
  readonly loading: boolean;
  readonly problem: Problem | null;
  readonly more: () => void;
  readonly reload: () => void;
}

const nothing: Rows = { rows: [], next: null, total: null };
const PAGE = '100';

export function usePayments(question: string): Payments {
  const { client, signOut } = useApp();
  const [state, setState] = useState<Rows>(nothing);
  const [loading, setLoading] = useState(true);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [round, setRound] = useState(0);
  const current = useRef<AbortController | null>(null);

  const load = useCallback(
    async (before: Rows) => {
      current.current?.abort();
      const controller = new AbortController();
      current.current = controller;
      setLoading(true);
      const query = new URLSearchParams(question);
      query.set('limit', PAGE);
      if (before.next !== null) query.set('cursor', before.next);
      try {
        const page = await client.payments(query, controller.signal);
        setState({ rows: [...before.rows, ...page.data], next: page.next, total: page.total });
        setProblem(null);
        setLoading(false);
      } catch (error) {
        if (controller.signal.aborted) return;
        if (!(error instanceof Problem)) throw error;
        if (error.status === 401) return signOut(error);
        setProblem(error);
        setLoading(false);
      }
    },
    [client, question],
  );

  useEffect(() => {
    void load(nothing);
    return () => current.current?.abort();
  }, [load, round]);

  const more = () => {
    if (!loading && problem === null && state.next !== null) void load(state);
  };
  return { ...state, loading, problem, more, reload: () => setRound((before) => before + 1) };
}
