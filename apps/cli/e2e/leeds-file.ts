// The real input: every payment that Leeds City Council published for June 2020, and what is known of it.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Stands beside the checkout. A checkout without it cannot be tested, which is an error and no reason to pass. */
export const leedsFile = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'shared/data/leeds-council-payments-2020-06.csv',
);
if (!existsSync(leedsFile)) throw new Error(`the real input is missing: ${leedsFile}`);

export const leedsFlags = [
  ...['--amount-column', 'Amount', '--currency', 'GBP', '--organization-column', 'Organisation Label'],
  ...['--reference-column', 'Transaction Number', '--date-column', 'Payment Date', '--date-format', 'DD/MM/YYYY'],
  ...['--description-column', 'Purpose', '--customer-column', 'Beneficiary Name'],
];

/** Counted independently of the project. */
export const leeds = {
  read: 16_177,
  imported: 15_831,
  rejected: 346,
  credits: 343,
  zeros: 2,
  empty: 1,
  total: '10505250948',
  /** The file names two organizations. */
  council: 'leeds-city-council',
  accountableBody: 'leeds-city-council-as-accountable-body',
} as const;
