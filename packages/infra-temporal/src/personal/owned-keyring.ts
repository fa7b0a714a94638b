// The keyring that the options name, opened with the strategy and closed with it.

import { PortFailure, type Keyring } from '@paystrata/application';
import { createPostgresKeyring, createSqliteKeyring } from '@paystrata/infra-sql';
import type { TemporalOptions } from '../strategy/options.ts';
import { delegating } from './projecting-keyring.ts';

export interface OwnedKeyring extends Keyring {
  start(): Promise<void>;
  stop(): Promise<void>;
}

type Where = Pick<TemporalOptions, 'keyringPath' | 'keyringUrl'>;

/** @param given one that somebody else opens and closes. @throws PortFailure `CONFIG_INVALID` */
export function createOwnedKeyring({ keyringPath, keyringUrl }: Where, given: Keyring | null): OwnedKeyring {
  if (given !== null) {
    return Object.assign(
      delegating(() => given),
      { start: async () => undefined, stop: async () => undefined },
    );
  }
  if (keyringPath === null && keyringUrl === null) {
    throw new PortFailure(
      'CONFIG_INVALID',
      'Temporal keeps sealed personal data: give a keyring, or its file (keyringPath) or database (keyringUrl)',
    );
  }
  let opened: (Keyring & { stop(): Promise<void> }) | null = null;
  const keyring = delegating(() => opened ?? notOpen());
  return Object.assign(keyring, {
    start: async () => {
      opened ??=
        keyringUrl === null
          ? await createSqliteKeyring(keyringPath ?? '')
          : await createPostgresKeyring({ url: keyringUrl });
    },
    stop: async () => {
      const closing = opened;
      opened = null;
      await closing?.stop();
    },
  });
}

function notOpen(): never {
  throw new PortFailure('STORE_UNAVAILABLE', 'the keyring is not open: the strategy temporal is not started');
}
