// The id of an organization, made from its name.

import { createHash } from 'node:crypto';
import { parseOrganizationId, type OrganizationId } from '@paystrata/application';

const LONGEST = 63;
const HASH = 8;

/**
 * `Leeds City Council` → `leeds-city-council`: lower case, diacritics dropped, everything but letters and digits as one
 * hyphen. A name that is too long ends in a hash of all of it, so that two long names stay two organizations.
 *
 * @returns undefined for a name without any of a–z and 0–9.
 */
export function organizationSlug(name: string): OrganizationId | undefined {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (words.length <= LONGEST) return parseOrganizationId(words);
  const hash = createHash('sha256').update(name.trim()).digest('hex').slice(0, HASH);
  return parseOrganizationId(`${words.slice(0, LONGEST - HASH - 1).replace(/-$/, '')}-${hash}`);
}
