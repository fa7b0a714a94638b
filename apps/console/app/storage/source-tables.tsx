// Sources with their health and figures, and whatever else the strategy measures, a table a kind.

import type { Storage } from '../api/types.ts';
import type { MeasuredRow, MeasuredTable } from './measured-tables.ts';

interface SourceTablesProps {
  readonly sources: Storage['sources'];
  readonly tables: readonly MeasuredTable[];
}

const SOURCES = 'Sources';
/** Rows of a table: an organization may be one. */
const MOST = 50;

export function SourceTables({ sources, tables }: SourceTablesProps) {
  const measured = tables.find(({ title }) => title === SOURCES) ?? { title: SOURCES, columns: [], rows: [] };
  const others = tables.filter(({ title }) => title !== '' && title !== SOURCES);
  return (
    <>
      <Table title={SOURCES} columns={['health', ...measured.columns]} rows={withHealth(sources, measured.rows)} />
      {others.map((table) => (
        <Table key={table.title} {...table} />
      ))}
    </>
  );
}

/** A source that says how it is and one that is measured are the same where they have the same name. */
function withHealth(sources: Storage['sources'], rows: readonly MeasuredRow[]): readonly MeasuredRow[] {
  const isNamed = (name: string) => (row: MeasuredRow) => row.name.toLowerCase() === name.toLowerCase();
  const told = sources.map(({ name, healthy, problem }) => {
    const health = { column: 'health', text: healthy ? 'good' : (problem ?? 'bad') };
    return { name, cells: [health, ...(rows.find(isNamed(name))?.cells ?? [])] };
  });
  return [...told, ...rows.filter(({ name }) => !told.some(isNamed(name)))];
}

/** With more figures than this of few things, each figure is a line: a line of all of them would be cut off. */
const WIDE = 8;

function Table(table: MeasuredTable) {
  const { title, columns, rows } = table;
  const isTurned = columns.length > WIDE && rows.length <= WIDE;
  return (
    <div class="scrolled" tabIndex={0} role="region" aria-label={title}>
      <table class="measured">
        <caption>{title}</caption>
        {isTurned ? <FiguresAsLines {...table} /> : <FiguresAsColumns {...table} />}
      </table>
      {rows.length > MOST && (
        <p>
          The first {MOST} of {rows.length.toLocaleString('en')}; <a href="/metrics">/metrics</a> has all.
        </p>
      )}
    </div>
  );
}

function FiguresAsColumns({ columns, rows }: MeasuredTable) {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">Name</th>
          {columns.map((column) => (
            <th scope="col" key={column} class={column === 'health' ? '' : 'number'}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.slice(0, MOST).map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            {columns.map((column) => (
              <Figure key={column} row={row} column={column} />
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function FiguresAsLines({ columns, rows }: MeasuredTable) {
  return (
    <>
      <thead>
        <tr>
          <th scope="col">Figure</th>
          {rows.map(({ name }) => (
            <th scope="col" key={name} class="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr key={column}>
            <th scope="row">{column}</th>
            {rows.map((row) => (
              <Figure key={row.name} row={row} column={column} />
            ))}
          </tr>
        ))}
      </tbody>
    </>
  );
}

function Figure({ row, column }: { readonly row: MeasuredRow; readonly column: string }) {
  const text = row.cells.find((cell) => cell.column === column)?.text ?? '–';
  if (column !== 'health') return <td class="number">{text}</td>;
  return (
    <td class="number">
      <span class={`status status-${text === 'good' ? 'completed' : 'failed'}`}>{text}</span>
    </td>
  );
}
