// Small pieces that every page uses.

import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { Problem } from '../api/problem.ts';
import { highlight } from '../format/highlight.ts';
import { formatAmount, toDecimal } from '../format/money.ts';
import { formatExactTime, formatTime } from '../format/time.ts';
import { useApp } from './app-context.ts';

const statusWords: Readonly<Record<string, string>> = { partially_refunded: 'partly refunded' };

export function statusWord(status: string): string {
  return statusWords[status] ?? status;
}

export function Status({ status }: { readonly status: string }) {
  return <span class={`status status-${status}`}>{statusWord(status)}</span>;
}

/** A value that a click copies as programs read it. */
export function Copyable({ value, label, children }: CopyableProps) {
  const { notify } = useApp();
  const copy = async () => {
    await navigator.clipboard.writeText(value);
    notify(`Copied ${label}: ${value}`);
  };
  return (
    <button type="button" class="copyable" title={`Copy ${label}`} onClick={() => void copy()}>
      {children}
    </button>
  );
}

interface CopyableProps {
  readonly value: string;
  readonly label: string;
  readonly children: ComponentChildren;
}

export function Amount({ minor, currency }: { readonly minor: number | string; readonly currency: string }) {
  return (
    <Copyable value={toDecimal(minor, currency)} label="amount">
      <span class="number">{formatAmount(minor, currency)}</span>
    </Copyable>
  );
}

export function Time({ instant, exact = false }: { readonly instant: string; readonly exact?: boolean }) {
  const { zone } = useApp();
  return (
    <Copyable value={instant} label="time">
      <time dateTime={instant}>{exact ? formatExactTime(instant, zone) : formatTime(instant, zone)}</time>
    </Copyable>
  );
}

/** Marks what a search found. Texts stay texts: nothing in them is ever read as markup. */
export function Found({ text, search }: { readonly text: string; readonly search: string }) {
  if (search === '') return <>{text}</>;
  return <>{highlight(text, search).map((part) => (part.found ? <mark>{part.text}</mark> : part.text))}</>;
}

export function ProblemNote({ problem, retry }: { readonly problem: Problem; readonly retry?: () => void }) {
  return (
    <div class="note note-bad" role="alert">
      <p>
        <strong>{problem.detail}</strong>
      </p>
      <p class="quiet">
        <a href={`/docs/errors#${problem.code}`}>{problem.code}</a>
        {problem.requestId !== null && <> · request {problem.requestId}</>}
      </p>
      {retry !== undefined && (
        <button type="button" onClick={retry}>
          Try again
        </button>
      )}
    </div>
  );
}

export function Empty({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  return (
    <div class="empty">
      <p>
        <strong>{title}</strong>
      </p>
      <p>{children}</p>
    </div>
  );
}

export function Json({ value }: { readonly value: unknown }) {
  const text = JSON.stringify(value, null, 2);
  return (
    <pre class="json" tabIndex={0}>
      {text}
    </pre>
  );
}

/** Something to open, closed at first. */
export function Disclosure({ title, children }: { readonly title: string; readonly children: ComponentChildren }) {
  const [open, setOpen] = useState(false);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{title}</summary>
      {open && children}
    </details>
  );
}
