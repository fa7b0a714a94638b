// The keys that seal personal data, one a data subject, kept apart from the data.

import type { OrganizationId, SubjectId } from '@paystrata/domain';

export interface SubjectKey {
  /** Names the key in what it sealed; not secret. */
  readonly id: string;
  /** 256 bits. */
  readonly secret: Uint8Array;
}

/** Durable before it answers: data sealed with a key that is lost is lost. */
export interface Keyring {
  /** Where it is kept, for people to read; no secret is in it. */
  readonly place: string;
  /**
   * Tells this keyring from every other one, for ever: 64 random hexadecimal characters, made at first use and kept with
   * the keys, so that a copy has the same. Says nothing of the keys.
   */
  fingerprint(): Promise<string>;
  /** The key to seal with: made at first use, and anew after the last one was destroyed. */
  keyFor(organizationId: OrganizationId, subject: SubjectId): Promise<SubjectKey>;
  /** The id of the key that the subject has now; null where it has none. */
  current(organizationId: OrganizationId, subject: SubjectId): Promise<string | null>;
  /** The key with that id; null where it was destroyed or never was. */
  find(organizationId: OrganizationId, subject: SubjectId, keyId: string): Promise<SubjectKey | null>;
  /**
   * Destroys the key of the subject, for ever: whichever it has, or that of the id alone, so that one which was made
   * since stays. Where there is none, that is no error.
   */
  destroy(organizationId: OrganizationId, subject: SubjectId, keyId?: string): Promise<void>;
}
