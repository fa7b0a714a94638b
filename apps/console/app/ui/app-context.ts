// What every page works with.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Client } from '../api/client.ts';
import type { Problem } from '../api/problem.ts';

export interface AppContext {
  readonly client: Client;
  readonly zone: string;
  readonly setZone: (zone: string) => void;
  /** Says something to the person, and to a screen reader. */
  readonly notify: (text: string) => void;
  /** The key is not valid any more. */
  readonly signOut: (why?: Problem) => void;
}

export const Context = createContext<AppContext | null>(null);

export function useApp(): AppContext {
  const app = useContext(Context);
  if (app === null) throw new Error('a page is shown outside of the console');
  return app;
}
