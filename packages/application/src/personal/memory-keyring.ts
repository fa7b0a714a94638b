// A keyring in memory: for stores that forget with the process, and for tests.

import { randomBytes } from 'node:crypto';
import type { OrganizationId, SubjectId } from '@paystrata/domain';
import type { Keyring, SubjectKey } from '../ports/keyring.ts';

/** A new key of 256 random bits under a random id. */
export function newSubjectKey(): SubjectKey {
  return { id: randomBytes(9).toString('base64url'), secret: randomBytes(32) };
}

export function createMemoryKeyring(): Keyring {
  const keys = new Map<string, SubjectKey>();
  const fingerprint = randomBytes(32).toString('hex');
  const nameOf = (organizationId: OrganizationId, subject: SubjectId) => `${organizationId}/${subject}`;
  return {
    place: 'memory',
    fingerprint: async () => fingerprint,
    keyFor: async (organizationId, subject) => {
      const name = nameOf(organizationId, subject);
      const known = keys.get(name);
      if (known !== undefined) return known;
      const made = newSubjectKey();
      keys.set(name, made);
      return made;
    },
    current: async (organizationId, subject) => keys.get(nameOf(organizationId, subject))?.id ?? null,
    find: async (organizationId, subject, keyId) => {
      const key = keys.get(nameOf(organizationId, subject));
      return key?.id === keyId ? key : null;
    },
    destroy: async (organizationId, subject, keyId) => {
      const name = nameOf(organizationId, subject);
      if (keyId === undefined || keys.get(name)?.id === keyId) keys.delete(name);
    },
  };
}
