// Ends what an erasure began: its key is destroyed, then the copies that snapshots hold, then it is forgotten.

import type { PersonalVault } from '@paystrata/application';
import type { Journal } from './journal.ts';

/**
 * The key first: the other way round a crash in between would leave a key that nobody destroys. Several processes may do
 * this at once, and one may be stopped anywhere and go on much later, when the subject has a new key, or another
 * erasure: an erasure is told by its id, and names its key before anybody destroys it. While it stands, nothing is stored
 * that was sealed for its subject, so the key that it names is the one of before.
 */
export async function finishErasures(
  journal: Pick<Journal, 'erasures' | 'nameErasedKey' | 'purge'>,
  vault: PersonalVault,
): Promise<void> {
  for (const erasure of await journal.erasures()) {
    const { organizationId, subject } = erasure;
    const current = async () => (await vault.currentKey(organizationId, subject)) ?? '';
    const keyId = erasure.keyId ?? (await journal.nameErasedKey(erasure, await current()));
    if (keyId === null) continue;
    if (keyId !== '') await vault.destroy(organizationId, subject, keyId);
    await journal.purge(erasure);
  }
}
