// import FILE.ndjson: what export wrote, into the store of this process

import { resolve } from 'node:path';
import { exitCodes } from '../errors/exit-codes.ts';
import { UsageError } from '../errors/usage-error.ts';
import { importEvents, type EventImport } from '../import/import-events.ts';
import { fieldsTable } from '../output/columns-table.ts';
import { printResult } from '../output/json.ts';
import type { Session } from '../session.ts';

interface EventImportFlags {
  readonly dryRun?: true | undefined;
  readonly json?: true | undefined;
}

/** Each of these has a value of its own, or none, where nobody set it. */
const unset: ReadonlySet<unknown> = new Set([undefined, 'auto', 'YYYY-MM-DD']);

/** @throws UsageError for flags that say something of the columns of a CSV file. */
export async function runEventImport(session: Session, path: string, flags: EventImportFlags): Promise<void> {
  const { terminal } = session;
  const { dryRun = false, json, ...others } = flags;
  const [other] = Object.entries(others).filter(([, value]) => !unset.has(value));
  if (other !== undefined) {
    throw new UsageError(
      `--${kebab(other[0])} is about CSV files`,
      'events are imported as they are, each into its organization',
    );
  }
  const outcome = await session.withClient(undefined, (client) =>
    importEvents(resolve(terminal.cwd, path), { dryRun }, client, terminal),
  );
  const { read, adopted: imported, known: alreadyThere, complete, line } = outcome;
  const value = {
    ...(dryRun && { dryRun }),
    ...(complete ? {} : { interruptedAfterLine: line }),
    ...{ read, imported, alreadyThere },
  };
  await printResult(terminal, { json }, value, () => summary(outcome, dryRun));
  if (complete) return;
  terminal.note(`stopped after line ${line}; the same command goes on: it skips what is there`);
  session.exitCode = exitCodes.interrupted;
}

function summary({ read, adopted, known }: EventImport, dryRun: boolean): string {
  const counts: readonly (readonly [string, number])[] = dryRun
    ? [['events read, all of them well-formed', read]]
    : [
        ['events read', read],
        ['imported', adopted],
        ['already there', known],
      ];
  return fieldsTable(counts.map(([name, count]) => [name, count.toLocaleString('en')]));
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
