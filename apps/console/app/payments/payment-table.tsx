// The rows of the list. Only those that can be seen are in the page, so that 100,000 scroll like 100.

import type { PaymentView } from '../api/types.ts';
import { useLocation } from 'preact-iso';
import { Component } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { formatNumber } from '../format/money.ts';
import { formatTime } from '../format/time.ts';
import { useApp } from '../ui/app-context.ts';
import { Found, Status } from '../ui/pieces.tsx';
import { sortOf, withFields, type SortKey } from './filters.ts';
import type { Payments } from './use-payments.ts';

/** Pixels, as in the style. */
const ROW = 44;
/** Rows beyond the edges that are there already when they are scrolled to. */
const SPARE = 12;
/** Rows that are scrolled past before others are put into the page. */
const STRIDE = 6;

interface PaymentTableProps {
  readonly payments: Payments;
  readonly address: URLSearchParams;
}

export function PaymentTable({ payments, address }: PaymentTableProps) {
  const { rows, loading, more } = payments;
  const frame = useRef<HTMLDivElement>(null);
  const [first, setFirst] = useState(0);
  const [shown, setShown] = useState(40);
  const search = address.get('q') ?? '';
  const { zone } = useApp();

  useEffect(() => {
    frame.current?.scrollTo({ top: 0 });
  }, [address.toString()]);

  const onScroll = () => {
    const { scrollTop = 0, clientHeight = 0 } = frame.current ?? {};
    const top = Math.floor(scrollTop / ROW / STRIDE) * STRIDE;
    setFirst(Math.max(0, top - SPARE));
    setShown(Math.ceil(clientHeight / ROW) + STRIDE + 2 * SPARE);
    if (scrollTop + clientHeight > rows.length * ROW - 20 * ROW) more();
  };
  useEffect(onScroll, [rows.length]);

  const window = rows.slice(first, first + shown);
  const above = first * ROW;
  const below = Math.max(0, rows.length - first - window.length) * ROW;
  return (
    <div class="table-frame" ref={frame} onScroll={onScroll} onKeyDown={moveFocus} aria-busy={loading}>
      <table class="payments" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            <th scope="col">Payment</th>
            <SortHeader by="status" name="Status" address={address} />
            <SortHeader by="amount" name="Amount" address={address} numeric />
            <th scope="col">Customer</th>
            <th scope="col" class="wide">
              Description
            </th>
            <SortHeader by="created" name="Created" address={address} />
            <SortHeader by="updated" name="Updated" address={address} wide />
          </tr>
        </thead>
        <tbody>
          {above > 0 && <tr class="spacer" aria-hidden="true" style={{ height: `${above}px` }} />}
          {window.map((payment, index) => (
            <Row key={payment.id} payment={payment} search={search} number={first + index + 2} zone={zone} />
          ))}
          {below > 0 && <tr class="spacer" aria-hidden="true" style={{ height: `${below}px` }} />}
        </tbody>
      </table>
      {loading && <p class="loading">Loading …</p>}
    </div>
  );
}

interface RowProps {
  readonly payment: PaymentView;
  readonly search: string;
  readonly number: number;
  readonly zone: string;
}

/** Drawn once: scrolling moves rows, and changes none. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate({ payment, search, number, zone }: RowProps): boolean {
    const { props } = this;
    return payment !== props.payment || search !== props.search || number !== props.number || zone !== props.zone;
  }

  override render({ payment, search, number, zone }: RowProps) {
    const { id, status, amount, currency, reference, customer, description, createdAt, updatedAt } = payment;
    return (
      <tr aria-rowindex={number}>
        <td>
          <a class="row-link" href={`/payments/${id}`}>
            <Found text={reference ?? id} search={search} />
          </a>
        </td>
        <td>
          <Status status={status} />
          {payment.needsReview && <span class="status status-review">review</span>}
        </td>
        <td class="number">
          {formatNumber(amount, currency)} <span class="quiet">{currency}</span>
        </td>
        <td>
          <Found text={customer?.name ?? customer?.email ?? ''} search={search} />
        </td>
        <td class="wide">
          <Found text={description ?? ''} search={search} />
        </td>
        <td>{formatTime(createdAt, zone)}</td>
        <td class="wide">{formatTime(updatedAt, zone)}</td>
      </tr>
    );
  }
}

interface SortHeaderProps {
  readonly by: SortKey;
  readonly name: string;
  readonly address: URLSearchParams;
  readonly numeric?: boolean;
  readonly wide?: boolean;
}

function SortHeader({ by, name, address, numeric = false, wide = false }: SortHeaderProps) {
  const { route } = useLocation();
  const sort = sortOf(address);
  const active = sort.by === by;
  const descending = active ? !sort.descending : true;
  const order = sort.descending ? 'descending' : 'ascending';
  return (
    <th scope="col" aria-sort={active ? order : undefined} class={`${numeric ? 'number' : ''} ${wide ? 'wide' : ''}`}>
      <button
        type="button"
        class="sort"
        onClick={() => route(withFields(address, { sort: by, order: descending ? null : 'asc' }), true)}
      >
        {name} <span aria-hidden="true">{active ? (sort.descending ? '↓' : '↑') : ''}</span>
      </button>
    </th>
  );
}

/** Arrow keys, or j and k, go from row to row; Enter follows the link as anywhere. */
function moveFocus(event: KeyboardEvent): void {
  const step = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 }[event.key];
  if (step === undefined || !(event.currentTarget instanceof HTMLElement)) return;
  const links = [...event.currentTarget.querySelectorAll<HTMLElement>('.row-link')];
  const at = links.findIndex((link) => link === document.activeElement);
  const next = links[at === -1 ? 0 : at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}
