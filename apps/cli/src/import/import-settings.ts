// What an import was asked to do, and the file it was asked to do it with.

import type { Currency, OrganizationId } from '@paystrata/application';
import { inspectFile, type Encoding, type InputFile } from '../csv/inspect-file.ts';
import { openCsv } from '../csv/open-csv.ts';
import type { CsvRecord } from '../csv/parse-records.ts';
import type { RecordChunk } from '../csv/read-records.ts';
import { dateReader } from './calendar-date.ts';
import { findColumns, type ColumnNames } from './columns.ts';
import { LARGEST_AMOUNT, rowMapper, type MappedRow } from './map-row.ts';

export interface ImportSettings {
  readonly path: string;
  readonly columns: ColumnNames;
  readonly currency: Currency;
  /** Of rows that name none themselves; undefined: that of the key, or the default one. */
  readonly organization: OrganizationId | undefined;
  readonly dateFormat: string;
  readonly encoding: Encoding | 'auto';
  readonly settled: boolean;
  readonly strict: boolean;
  readonly dryRun: boolean;
  /** Where refused rows are written; null: nowhere. */
  readonly rejects: string | null;
}

/** A file that can be imported: it was inspected, and has the columns that were named. */
export interface ImportSource {
  readonly file: InputFile;
  readonly header: readonly string[];
  /** The records from the beginning, and how they are mapped; can be asked for several times. */
  read(maxAmount: bigint | null): Promise<{
    readonly chunks: AsyncIterable<RecordChunk>;
    readonly map: (record: CsvRecord) => MappedRow;
  }>;
}

/** @throws UsageError for whatever is wrong with the file or the columns. */
export async function openSource(settings: ImportSettings): Promise<ImportSource> {
  const { path, currency, organization, settled } = settings;
  const readDate = dateReader(settings.dateFormat);
  const file = await inspectFile(path, settings.encoding);
  const { header } = await openCsv(file);
  const columns = findColumns(header, settings.columns, path);
  return {
    file,
    header,
    async read(maxAmount) {
      const { chunks } = await openCsv(file);
      const map = rowMapper({
        columns,
        currency,
        organizationId: organization ?? null,
        readDate,
        dateFormat: settings.dateFormat,
        settled,
        maxAmount: maxAmount ?? LARGEST_AMOUNT,
        now: Date.now(),
        fileId: file.sha256.slice(0, 32),
        encodingSound: file.sound,
      });
      return { chunks, map };
    },
  };
}
