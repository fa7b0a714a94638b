// Takes the records of a file to a target: several windows in flight, results in the order of the file.

import type { CsvRecord } from '../csv/parse-records.ts';
import type { RecordChunk } from '../csv/read-records.ts';
import type { ImportTarget } from './import-target.ts';
import { importWindow, windowsOf, type ImportWindow, type Verdict } from './import-window.ts';
import type { MappedRow } from './map-row.ts';
import type { RowRejection } from './new-payment-row.ts';

export interface ImportRun {
  readonly chunks: AsyncIterable<RecordChunk>;
  readonly map: (record: CsvRecord) => MappedRow;
  readonly target: ImportTarget;
  /** Windows that may be under way at a time. */
  readonly inFlight: number;
  /** Once aborted, no new window is begun; those under way are finished and counted. */
  readonly stop: AbortSignal;
  /** Told of every refused row, in the order of the file; the import goes on once it resolves. */
  readonly onRejected: (rejection: RowRejection, record: CsvRecord) => void | Promise<void>;
  readonly onProgress: (tally: ImportTally, bytesRead: number) => void;
}

export interface ImportTally {
  readonly read: number;
  readonly imported: number;
  readonly alreadyThere: number;
  readonly rejected: number;
  /** Minor units over what was imported. */
  readonly total: bigint;
  /** The last line whose row was dealt with; 1 where none was. */
  readonly line: number;
  /** False where the import was stopped before the end of the file. */
  readonly complete: boolean;
}

export const emptyTally: ImportTally = Object.freeze({
  read: 0,
  imported: 0,
  alreadyThere: 0,
  rejected: 0,
  total: 0n,
  line: 1,
  complete: false,
});

/** A window failed: what was counted until then, and what went wrong. */
export class ImportStopped extends Error {
  readonly code = 'IMPORT_STOPPED';
  readonly tally: ImportTally;

  constructor(tally: ImportTally, { records }: ImportWindow, cause: unknown) {
    const [from, to] = [records.at(0)?.line ?? 0, records.at(-1)?.line ?? 0];
    super(`the import stopped at lines ${from} to ${to}`, { cause });
    this.name = 'ImportStopped';
    this.tally = tally;
  }
}

/** @throws ImportStopped where the target failed; everything else that was under way is then counted. */
export async function runImport(run: ImportRun): Promise<ImportTally> {
  const flights = new Flights(run);
  for await (const window of windowsOf(run.chunks, run.map)) {
    await flights.makeRoomFor(window);
    if (flights.failed || run.stop.aborted) break;
    flights.begin(window);
  }
  return flights.landAll();
}

interface Flight {
  readonly window: ImportWindow;
  readonly verdicts: Promise<readonly Verdict[]>;
}

/** The windows under way, oldest first. */
class Flights {
  readonly #run: ImportRun;
  readonly #flights: Flight[] = [];
  #tally = emptyTally;
  #failure: { readonly window: ImportWindow; readonly cause: unknown } | null = null;

  constructor(run: ImportRun) {
    this.#run = run;
  }

  get failed(): boolean {
    return this.#failure !== null;
  }

  /** A payment that is under way must land before the file may name it again: the first row of a reference wins. */
  async makeRoomFor({ keys }: ImportWindow): Promise<void> {
    const clashes = ({ window }: Flight): boolean => keys.values().some((key) => window.keys.has(key));
    while (this.#flights.length >= this.#run.inFlight || this.#flights.some(clashes)) await this.#land();
  }

  begin(window: ImportWindow): void {
    const verdicts = importWindow(window, this.#run.target);
    // It is looked at when its turn comes; until then a failure is not unhandled.
    verdicts.catch(() => undefined);
    this.#flights.push({ window, verdicts });
  }

  async landAll(): Promise<ImportTally> {
    while (this.#flights.length > 0) await this.#land();
    if (this.#failure === null) return { ...this.#tally, complete: !this.#run.stop.aborted };
    throw new ImportStopped(this.#tally, this.#failure.window, this.#failure.cause);
  }

  async #land(): Promise<void> {
    const flight = this.#flights.shift();
    if (flight === undefined) return;
    try {
      this.#tally = await count(this.#tally, flight.window, await flight.verdicts, this.#run);
    } catch (cause) {
      this.#failure ??= { window: flight.window, cause };
    }
  }
}

async function count(
  before: ImportTally,
  { records, rows, bytesRead }: ImportWindow,
  verdicts: readonly Verdict[],
  run: ImportRun,
): Promise<ImportTally> {
  let { imported, alreadyThere, rejected, total } = before;
  for (const [place, record] of records.entries()) {
    const [row, verdict] = [rows[place], verdicts[place]];
    if (row === undefined || verdict === undefined) throw new Error(`line ${record.line} has no verdict`);
    if (verdict === 'alreadyThere') alreadyThere += 1;
    else if (verdict === 'imported') {
      imported += 1;
      total += 'payment' in row ? row.payment.amount : 0n;
    } else {
      rejected += 1;
      await run.onRejected(verdict, record);
    }
  }
  const read = before.read + records.length;
  const tally = {
    read,
    imported,
    alreadyThere,
    rejected,
    total,
    line: records.at(-1)?.line ?? before.line,
    complete: false,
  };
  run.onProgress(tally, bytesRead);
  return tally;
}
