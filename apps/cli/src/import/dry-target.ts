// A target that imports nothing and answers what an import would answer, for --dry-run and --strict.

import type { FindReferences, ImportTarget, KnownPayment, RowOutcome } from './import-target.ts';
import type { PaymentRow } from './new-payment-row.ts';

/**
 * Looks up what is there and remembers what the file itself brought: about 150 bytes a row, the one thing of an import
 * that grows with the file.
 */
export function createDryTarget(find: FindReferences): ImportTarget {
  const brought = new Map<string, KnownPayment>();
  return {
    async importRows(organizationId, rows) {
      const key = (row: PaymentRow): string => `${organizationId ?? ''} ${row.reference}`;
      const unknown = rows.filter((row) => !brought.has(key(row)));
      const found = await find(
        organizationId,
        unknown.map(({ reference }) => reference),
      );
      unknown.forEach((row, place) => {
        const known = found[place];
        if (known) brought.set(key(row), known);
      });
      return rows.map((row): RowOutcome => {
        const { amount, currency } = row;
        const known = brought.get(key(row));
        if (known) return { kind: 'exists', sameAmount: known.amount === amount && known.currency === currency };
        brought.set(key(row), { amount, currency });
        return { kind: 'imported' };
      });
    },
  };
}
