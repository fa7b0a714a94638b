// For processes that share a log in which nothing personal is written: none of them has to be given the keys.

import { createMemoryKeyring, type Keyring } from '@paystrata/application';

/** Passes for the keyring of the others. */
export function sharedKeyring(): Keyring {
  return { ...createMemoryKeyring(), place: 'a test', fingerprint: async () => '5'.repeat(64) };
}
