// What the list is narrowed to. Every change goes into the address.

import { currencies } from '@paystrata/domain';
import { useLocation } from 'preact-iso';
import type { RefObject } from 'preact';
import { useEffect, useId, useState } from 'preact/hooks';
import { parseAmount, toDecimal } from '../format/money.ts';
import { useApp } from '../ui/app-context.ts';
import { statusWord } from '../ui/pieces.tsx';
import { useAnswer } from '../ui/use-answer.ts';
import { listAddress, statuses, withFields } from './filters.ts';

interface FilterBarProps {
  readonly address: URLSearchParams;
  readonly search: RefObject<HTMLInputElement | null>;
}

export function FilterBar({ address, search }: FilterBarProps) {
  const { route } = useLocation();
  const change = (fields: Readonly<Record<string, string | null>>) => route(withFields(address, fields), true);
  const chosen = address.getAll('status');
  const toggle = (status: string) => {
    const next = new URLSearchParams(address);
    next.delete('status');
    const kept = chosen.includes(status) ? chosen.filter((each) => each !== status) : [...chosen, status];
    for (const each of kept) next.append('status', each);
    route(listAddress(next), true);
  };
  const currency = address.get('currency') ?? '';
  const wide = matchMedia('(width >= 700px)').matches;
  return (
    <form class="filters" role="search" onSubmit={(event) => event.preventDefault()}>
      <SearchField value={address.get('q') ?? ''} onChange={(q) => change({ q })} field={search} />
      <fieldset class="chips">
        <legend class="hidden">Status</legend>
        {statuses.map((status) => (
          <label class="chip">
            <input type="checkbox" checked={chosen.includes(status)} onChange={() => toggle(status)} />
            {statusWord(status)}
          </label>
        ))}
      </fieldset>
      <details class="more" open={wide || address.size > 0}>
        <summary>More filters</summary>
        <div>
          <label>
            Currency
            <select
              value={currency}
              onChange={(event) =>
                change({ currency: event.currentTarget.value, 'amount[gte]': null, 'amount[lte]': null })
              }
            >
              <option value="">any</option>
              {currencies.map((code) => (
                <option value={code}>{code}</option>
              ))}
            </select>
          </label>
          <AmountField label="From" name="amount[gte]" currency={currency} address={address} onChange={change} />
          <AmountField label="To" name="amount[lte]" currency={currency} address={address} onChange={change} />
          <DayField label="Created from" name="created[gte]" address={address} onChange={change} />
          <DayField label="before" name="created[lt]" address={address} onChange={change} />
          <TextField label="Customer" name="customer" address={address} onChange={change} />
          <TextField label="Reference" name="reference" address={address} onChange={change} />
        </div>
      </details>
      {address.size > 0 && <a href="/payments">Clear all</a>}
    </form>
  );
}

const PAUSE_MS = 200;

interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly field: RefObject<HTMLInputElement | null>;
}

/** Searches as one types, and offers completions. */
function SearchField({ value, onChange, field }: SearchFieldProps) {
  const { client } = useApp();
  const [text, setText] = useState(value);
  const list = useId();
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onChange(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { value: completions } = useAnswer(`suggest ${value}`, async (signal) =>
    value.trim() === '' ? [] : client.suggestions(value, signal),
  );
  return (
    <label class="search">
      <span>
        Search <kbd>/</kbd>
      </span>
      <input
        ref={field}
        type="search"
        list={list}
        autocomplete="off"
        placeholder="description, customer, reference, metadata"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <datalist id={list}>
        {completions?.map((each) => (
          <option value={each.text}>{`${each.count} by ${each.field}`}</option>
        ))}
      </datalist>
    </label>
  );
}

interface FieldProps {
  readonly label: string;
  readonly name: string;
  readonly address: URLSearchParams;
  readonly onChange: (fields: Readonly<Record<string, string | null>>) => void;
}

function TextField({ label, name, address, onChange }: FieldProps) {
  return (
    <label>
      {label}
      <input value={address.get(name) ?? ''} onChange={(event) => onChange({ [name]: event.currentTarget.value })} />
    </label>
  );
}

/** Decimals of the chosen currency: without one there is nothing to compare with. */
function AmountField({ label, name, address, onChange, currency }: FieldProps & { readonly currency: string }) {
  const minor = address.get(name);
  return (
    <label>
      {label}
      <input
        inputMode="decimal"
        size={10}
        disabled={currency === ''}
        title={currency === '' ? 'Choose a currency first' : undefined}
        value={minor === null || currency === '' ? '' : toDecimal(minor, currency)}
        onChange={(event) => {
          const field = event.currentTarget;
          const amount = field.value === '' ? null : parseAmount(field.value, currency);
          field.setCustomValidity(
            field.value !== '' && amount === null ? `an amount of ${currency}, such as 129.99` : '',
          );
          if (field.reportValidity()) onChange({ [name]: amount === null ? null : String(amount) });
        }}
      />
    </label>
  );
}

/** Days are those of UTC, as the API's ranges are. */
function DayField({ label, name, address, onChange }: FieldProps) {
  return (
    <label>
      {label}
      <input
        type="date"
        value={address.get(name)?.slice(0, 10) ?? ''}
        onChange={(event) => {
          const day = event.currentTarget.value;
          onChange({ [name]: day === '' ? null : `${day}T00:00:00.000Z` });
        }}
      />
    </label>
  );
}
