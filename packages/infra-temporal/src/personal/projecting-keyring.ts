// The keyring as the stores have it into which recorded events are put: what a store would do because it takes itself for
// the record is left to whoever records.

import { AsyncLocalStorage } from 'node:async_hooks';
import type { Keyring, PaymentKey, SubjectKey } from '@paystrata/application';
import type { SubjectId } from '@paystrata/domain';

interface Pinned extends Pick<PaymentKey, 'organizationId'> {
  readonly subject: SubjectId;
  readonly key: SubjectKey;
}

const pins = new AsyncLocalStorage<Pinned>();

/**
 * Whatever a store seals for that subject meanwhile is sealed under that key. Where it was taken before the payment was
 * read, and the subject is erased in between, what was read is sealed under the destroyed key, and so is gone; under the
 * key that is made after an erasure it would come back.
 */
export function sealedUnder<Answer>(pinned: Pinned, work: () => Promise<Answer>): Promise<Answer> {
  return pins.run(pinned, work);
}

/**
 * Destroys nothing: an erasure that is projected, maybe years later, is done with, and the subject's key of then is one
 * that was made since.
 */
export function asProjecting(keyring: Keyring): Keyring {
  return Object.assign(
    delegating(() => keyring),
    {
      keyFor: async (...[organizationId, subject]: Parameters<Keyring['keyFor']>) => {
        const pinned = pins.getStore();
        if (pinned?.organizationId === organizationId && pinned.subject === subject) return pinned.key;
        return keyring.keyFor(organizationId, subject);
      },
      destroy: async () => undefined,
    },
  );
}

/** A keyring that asks for the one it stands for at each call. */
export function delegating(keyring: () => Keyring): Keyring {
  return {
    get place() {
      return keyring().place;
    },
    fingerprint: async () => keyring().fingerprint(),
    keyFor: async (...args) => keyring().keyFor(...args),
    current: async (...args) => keyring().current(...args),
    find: async (...args) => keyring().find(...args),
    destroy: async (...args) => keyring().destroy(...args),
  };
}
