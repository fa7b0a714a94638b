// Seals what leaves the process for the cache: with a key an organization, which lives in this process only.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { OrganizationId } from '@paystrata/domain';

const ALGORITHM = 'aes-256-gcm';
const [KEY, NONCE, TAG] = [32, 12, 16];

/**
 * Whoever reads the store sees ciphertext. A key that is destroyed takes with it all that it sealed, also where the
 * store cannot be reached: that is how personal data that was erased is gone from it at once.
 */
export class OrganizationKeys {
  readonly #keys = new Map<OrganizationId, Buffer>();

  /** @param place is authenticated: what was sealed for one place cannot be opened at another. */
  seal(organizationId: OrganizationId, place: string, text: string): string {
    const key = this.#keys.get(organizationId) ?? randomBytes(KEY);
    this.#keys.set(organizationId, key);
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** Null: not sealed here, for that place, with the key of now. */
  open(organizationId: OrganizationId, place: string, sealed: string): string | null {
    const key = this.#keys.get(organizationId);
    const bytes = Buffer.from(sealed, 'base64');
    if (key === undefined || bytes.length < NONCE + TAG) return null;
    try {
      const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE)).setAAD(Buffer.from(place));
      decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
      return Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]).toString('utf8');
    } catch {
      return null;
    }
  }

  destroy(organizationId: OrganizationId): void {
    this.#keys.delete(organizationId);
  }

  clear(): void {
    this.#keys.clear();
  }
}
