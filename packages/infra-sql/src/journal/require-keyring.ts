// A log is opened with the keyring that seals it: with another one, everybody's personal data would read as erased.

import { parsePaymentId, PortFailure, type Keyring, type PersonalVault } from '@paystrata/application';
import type { Journal } from './journal.ts';

/**
 * Before anything else is done with the keys: an erasure that was finished with another keyring would leave the key.
 * A log that does not say whose it is, new or of an earlier release, takes the first keyring that can open what is
 * sealed in it.
 *
 * @throws PortFailure `CONFIG_INVALID`
 */
export async function requireKeyring(journal: Journal, keyring: Keyring, vault: PersonalVault): Promise<void> {
  const given = await keyring.fingerprint();
  const known = await journal.keyring();
  if (known === given) return;
  if (known === null) {
    await requireKeyOfNewest(journal, keyring, vault);
    if ((await journal.claimKeyring(given)) === given) return;
  }
  const wanted = shortened((await journal.keyring()) ?? '');
  throw new PortFailure(
    'CONFIG_INVALID',
    `the log (${journal.name}) is sealed with the keyring ${wanted}, the one in ${keyring.place} is ${shortened(given)}: ` +
      `personal data would read as erased. ${whatToDo}`,
    { details: { wanted, found: shortened(given) } },
  );
}

const whatToDo =
  'Give the keyring that was there when the log was made (PAYSTRATA_KEYRING), which all machines must share, ' +
  'or put it back from its newest backup';

async function requireKeyOfNewest(journal: Journal, keyring: Keyring, vault: PersonalVault): Promise<void> {
  const sealed = await journal.newestSealed();
  if (sealed === null) return;
  const { organizationId, id } = sealed.stream;
  const paymentId = parsePaymentId(id);
  if (paymentId === undefined)
    throw new PortFailure('STORE_DAMAGED', `the log has sealed a payment ${id}, which is none`);
  if (await vault.hasKeyOf({ organizationId, paymentId, ...sealed })) return;
  throw new PortFailure(
    'CONFIG_INVALID',
    `the keyring in ${keyring.place} lacks the key of payment ${paymentId} of ${organizationId} in the log ` +
      `(${journal.name}), whose personal data was never erased: this is another keyring. ${whatToDo}`,
  );
}

/** Enough of it for people to compare. */
function shortened(fingerprint: string): string {
  return fingerprint.slice(0, 12);
}
