// Everything that the filters find, as a CSV file; page by page, with how far it is.

import { useRef, useState } from 'preact/hooks';
import { Problem } from '../api/problem.ts';
import { csvHeader, csvLine } from '../format/csv.ts';
import { useApp } from '../ui/app-context.ts';

interface ExportButtonProps {
  readonly question: string;
  readonly total: { readonly value: number; readonly capped: boolean } | null;
}

export function ExportButton({ question, total }: ExportButtonProps) {
  const { client, notify } = useApp();
  const [done, setDone] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);

  const run = async () => {
    const controller = new AbortController();
    stop.current = controller;
    const lines = [csvHeader];
    const query = new URLSearchParams(question);
    query.set('limit', '100');
    try {
      for (let next: string | null = ''; next !== null;) {
        setDone(lines.length - 1);
        if (next !== '') query.set('cursor', next);
        const page = await client.payments(query, controller.signal);
        lines.push(...page.data.map(csvLine));
        next = page.next;
      }
      save(lines);
      notify(`Exported ${lines.length - 1} payments`);
    } catch (error) {
      if (controller.signal.aborted) notify('The export was stopped; no file was written');
      else if (error instanceof Problem) notify(`The export failed: ${error.detail}`);
      else throw error;
    } finally {
      setDone(null);
    }
  };

  if (done === null) {
    return (
      <button type="button" disabled={total === null || total.value === 0} onClick={() => void run()}>
        Export CSV
      </button>
    );
  }
  return (
    <button type="button" onClick={() => stop.current?.abort()}>
      Stop export ({done.toLocaleString('en')}
      {total !== null && !total.capped && ` of ${total.value.toLocaleString('en')}`})
    </button>
  );
}

function save(lines: readonly string[]): void {
  const address = URL.createObjectURL(new Blob(['\uFEFF', ...lines], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `payments-${new Date().toISOString().slice(0, 10)}.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
