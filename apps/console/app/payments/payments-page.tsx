// The list of payments.

import { useLocation } from 'preact-iso';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Empty, ProblemNote } from '../ui/pieces.tsx';
import { ExportButton } from './export-button.tsx';
import { FilterBar } from './filter-bar.tsx';
import { queryOf } from './filters.ts';
import { PaymentTable } from './payment-table.tsx';
import { usePayments } from './use-payments.ts';

export function PaymentsPage() {
  const { url } = useLocation();
  const address = useMemo(() => new URL(url, location.origin).searchParams, [url]);
  const question = queryOf(address).toString();
  const payments = usePayments(question);
  const search = useRef<HTMLInputElement>(null);
  useShortcut('/', () => search.current?.focus());
  const { total, loading, problem, rows } = payments;
  return (
    <>
      <div class="heading">
        <h1>Payments</h1>
        <p class="count" aria-live="polite">
          {total === null ? 'Counting …' : `${total.value.toLocaleString('en')}${total.capped ? '+' : ''} found`}
        </p>
        <ExportButton question={question} total={total} />
      </div>
      <FilterBar address={address} search={search} />
      {problem !== null && <ProblemNote problem={problem} retry={payments.reload} />}
      {!loading && problem === null && rows.length === 0 ? (
        <Empty title="No payment matches.">
          <a href="/payments">Take the filters away</a>, or import some with <code>paystrata import FILE.csv</code>.
        </Empty>
      ) : (
        <PaymentTable payments={payments} address={address} />
      )}
    </>
  );
}

/** A key that does something while nothing is being typed. */
function useShortcut(key: string, act: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const target = event.target instanceof HTMLElement ? event.target : null;
      if (event.key !== key || target?.closest('input, select, textarea, dialog')) return;
      event.preventDefault();
      act();
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
