// Tables for people: a line of headings, then a line a row, without borders so that they can be copied.

import { getBorderCharacters, table } from 'table';
import { printable, shortened } from './printable.ts';

export interface TableColumn<Row> {
  readonly heading: string;
  readonly align?: 'right';
  /** Longer texts are cut. */
  readonly most?: number;
  readonly cell: (row: Row) => string;
}

const plain = {
  border: getBorderCharacters('void'),
  columnDefault: { paddingLeft: 0, paddingRight: 2 },
  drawHorizontalLine: () => false,
} as const;

/** Without a line break at the end. */
export function columnsTable<Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map(({ cell, most = 60 }) => shortened(printable(cell(row)), most)));
  return drawn(
    [columns.map(({ heading }) => heading), ...lines],
    columns.map(({ align }) => align ?? 'left'),
  );
}

/** Names and values, one a line. */
export function fieldsTable(fields: readonly (readonly [name: string, value: string])[]): string {
  return drawn(
    fields.map(([name, value]) => [name, printable(value)]),
    ['left', 'left'],
  );
}

function drawn(lines: readonly (readonly string[])[], alignments: readonly ('left' | 'right')[]): string {
  const text = table(
    lines.map((line) => [...line]),
    { ...plain, columns: alignments.map((alignment) => ({ alignment })) },
  );
  return text.trimEnd().replace(/ +$/gm, '');
}
