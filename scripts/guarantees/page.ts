// The page of guarantees: what each strategy promises, by property and case, each cell with a link to its case.

import type { CaseLocation } from './locate-cases.ts';

/** `unknown`: not run since the case came. */
export type Cell = 'held' | 'declared-otherwise' | 'failed' | 'unknown';

/** What is known of one strategy, by the names of the cases. */
export interface Column {
  readonly strategy: string;
  readonly cells: ReadonlyMap<string, Cell>;
}

export interface CaseLine {
  readonly name: string;
  readonly property: string;
}

const marks: Readonly<Record<Cell, string>> = { held: '✓', 'declared-otherwise': '–', failed: '✗', unknown: '?' };

/** Markdown, not formatted yet. */
export function guaranteesPage(
  properties: Readonly<Record<string, string>>,
  cases: readonly CaseLine[],
  columns: readonly Column[],
  locate: (name: string) => CaseLocation,
): string {
  const names = columns.map(({ strategy }) => strategy);
  const sections = Object.entries(properties).map(([property, sentence]) => {
    const own = cases.filter((each) => each.property === property);
    const rows = own.map(({ name }) => {
      const { path, line } = locate(name);
      const cells = columns.map((column) => `[${marks[cellOf(column, name)]}](../${path}#L${line})`);
      return row([escaped(name), ...cells]);
    });
    return [`## ${sentence}`, '', row(['Case', ...names]), divider(names.length + 1), ...rows, ''].join('\n');
  });
  const summary = Object.entries(properties).map(([property, sentence]) => {
    const own = cases.filter((each) => each.property === property);
    return row([`[${sentence}](#${anchorOf(sentence)})`, ...columns.map((column) => summaryOf(column, own))]);
  });
  return [introduction, row(['Property', ...names]), divider(names.length + 1), ...summary, '', ...sections].join('\n');
}

/** The columns of a page, for strategies that were not run again. */
export function columnsOf(page: string): readonly Column[] {
  const columns = new Map<string, Map<string, Cell>>();
  let names: readonly string[] = [];
  for (const line of page.split('\n')) {
    const [first, ...rest] = cellsOf(line);
    if (first === undefined || /^:?-+:?$/.test(first)) continue;
    if (first === 'Case') names = rest;
    for (const [index, text] of rest.entries()) {
      const cell = Object.entries(marks).find(([, mark]) => text.startsWith(`[${mark}](`))?.[0];
      const name = names[index];
      if (name === undefined || !isCell(cell)) continue;
      const column = columns.get(name) ?? new Map<string, Cell>();
      columns.set(name, column.set(first.replaceAll('\\', ''), cell));
    }
  }
  return [...columns].map(([strategy, cells]) => ({ strategy, cells }));
}

const introduction = `# Guarantees

What the strategies promise, and the case of the conformance kit that holds each of them to it. This page is made from
what the cases came to; to make it anew, run the tests and then
\`node --conditions=@paystrata/source scripts/guarantees.ts\`. A test compares it with what is declared and run.

- ✓ the case holds.
- – the strategy declares that it does not do this, and the case proved that the declaration is true.
- ? not run since the case came.
`;

function summaryOf(column: Column, cases: readonly CaseLine[]): string {
  const counts = Map.groupBy(cases, ({ name }) => cellOf(column, name));
  const shown = Object.entries(marks).flatMap(([cell, mark]) => {
    const count = isCell(cell) ? (counts.get(cell)?.length ?? 0) : 0;
    return count === 0 ? [] : [`${mark} ${count}`];
  });
  return shown.join(' ');
}

function cellOf({ cells }: Column, name: string): Cell {
  return cells.get(name) ?? 'unknown';
}

function isCell(text: string | undefined): text is Cell {
  return text !== undefined && Object.hasOwn(marks, text);
}

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const divider = (columns: number): string => row(Array<string>(columns).fill('---'));
const escaped = (text: string): string => text.replaceAll(/[_*|`]/g, String.raw`\$&`);
const cellsOf = (line: string): readonly string[] =>
  line.startsWith('|')
    ? line
        .slice(1, -1)
        .split(' | ')
        .map((cell) => cell.trim())
    : [];

/** As GitHub makes it of a heading. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(/\s/gu, '-');
}
