// The live log: newest first, followed until it is paused, resumed where it stopped.

import type { EventView } from '../api/types.ts';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Problem } from '../api/problem.ts';
import { useApp } from '../ui/app-context.ts';

export type StreamState = 'connecting' | 'live' | 'paused' | 'waiting';

export interface LiveLog {
  readonly events: readonly EventView[];
  readonly state: StreamState;
  readonly problem: Problem | null;
}

/** More would only slow the page down; what is older is in the search. */
const KEPT = 500;
const RETRY_MS = 2000;

export function useStream(types: readonly string[], paused: boolean): LiveLog {
  const { client, signOut } = useApp();
  const [events, setEvents] = useState<readonly EventView[]>([]);
  const [state, setState] = useState<StreamState>('connecting');
  const [problem, setProblem] = useState<Problem | null>(null);
  const lastId = useRef<string | null>(null);
  const wanted = types.join(' ');

  useEffect(() => {
    if (paused) {
      setState('paused');
      return undefined;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const follow = async () => {
      const query = new URLSearchParams({ from: 'now' });
      for (const type of types) query.append('type', type);
      const frames = await client.stream(query, lastId.current, signal);
      setState('live');
      setProblem(null);
      for await (const frame of frames) {
        if (frame.data === '') continue;
        const event = JSON.parse(frame.data) as EventView;
        lastId.current = frame.id ?? lastId.current;
        setEvents((before) => [event, ...before].slice(0, KEPT));
      }
    };
    const run = async () => {
      while (!signal.aborted) {
        setState('connecting');
        await follow().catch((error: unknown) => {
          if (signal.aborted) return;
          if (error instanceof Problem) {
            if (error.status === 401) signOut(error);
            // Another life of the log: begin anew.
            if (error.code === 'POSITION_UNKNOWN') lastId.current = null;
            setProblem(error);
          }
        });
        if (signal.aborted) return;
        setState('waiting');
        await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      }
    };
    void run();
    return () => controller.abort();
  }, [client, paused, wanted]);

  return { events, state, problem };
}
