// A thread for tests: it gives back what it gets, fails as it is told, and ends.

import { PortFailure } from '@paystrata/application';
import { serveCalls } from '../threads/serve-calls.ts';

const handlers = {
  echo: (value: unknown) => value,
  later: async (value: string) => {
    await new Promise(setImmediate);
    return value;
  },
  fail: (message: string): never => {
    throw new TypeError(message);
  },
  refuse: async (): Promise<never> => {
    throw new PortFailure('STORE_FULL', 'no room', { cause: new Error('the disk'), details: { bytes: 7 } });
  },
  end: (): never => process.exit(3),
};

export type EchoCalls = typeof handlers;

serveCalls(handlers);
