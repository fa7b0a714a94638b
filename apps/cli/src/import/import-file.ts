// The whole import of a CSV file: checked first where it is all or nothing, then taken to the client.

import type { Client } from '../client/client.ts';
import { showProgress } from '../output/progress-bar.ts';
import type { Terminal } from '../terminal.ts';
import { createDryTarget } from './dry-target.ts';
import type { ImportSettings, ImportSource } from './import-settings.ts';
import type { ImportTarget } from './import-target.ts';
import { RejectionLog } from './rejection-log.ts';
import { createRejectsFile, type RejectsFile } from './rejects-file.ts';
import { emptyTally, ImportStopped, runImport, type ImportTally } from './run-import.ts';

export interface ImportOutcome {
  readonly tally: ImportTally;
  /** True where `--strict` kept everything out. */
  readonly keptOut: boolean;
  /** What ended the import early; null where nothing failed. */
  readonly failure: ImportStopped | null;
  readonly rejections: RejectionLog;
}

/** The caller closes the rejections of the outcome. @throws UsageError where the rejects file cannot be written. */
export async function importFile(
  settings: ImportSettings,
  source: ImportSource,
  client: Client,
  terminal: Terminal,
): Promise<ImportOutcome> {
  const { rejects: path } = settings;
  const rejects = path === null ? null : await createRejectsFile(path, settings.path, source.header);
  const rejections = new RejectionLog();
  const pass = (what: string, target: ImportTarget) =>
    onePass({ what, source, client, terminal, target, rejections, rejects });
  const dry = (): ImportTarget => createDryTarget(client.findReferences);
  try {
    if (settings.dryRun) return { ...(await pass('checking', dry())), keptOut: false, rejections };
    if (settings.strict) {
      const { tally, failure } = await pass('checking', dry());
      const { read, rejected, line, complete, alreadyThere } = tally;
      const kept = { ...emptyTally, read, rejected, line, complete, alreadyThere };
      if (rejected > 0 || failure !== null || !complete)
        return { tally: kept, failure, keptOut: rejected > 0, rejections };
    }
    return { ...(await pass('importing', client)), keptOut: false, rejections };
  } finally {
    await rejects?.close();
  }
}

interface Pass {
  readonly what: string;
  readonly source: ImportSource;
  readonly client: Client;
  readonly terminal: Terminal;
  readonly target: ImportTarget;
  readonly rejections: RejectionLog;
  readonly rejects: RejectsFile | null;
}

async function onePass({ what, source, client, terminal, target, rejections, rejects }: Pass) {
  const { chunks, map } = await source.read(client.maxAmount);
  const bar = showProgress(terminal, what);
  const begun = performance.now();
  try {
    const tally = await runImport({
      chunks,
      map,
      target,
      inFlight: client.importsInFlight,
      stop: terminal.stop,
      async onRejected(rejection, record) {
        await rejections.add(rejection);
        await rejects?.write(rejection, record);
      },
      onProgress({ read }, bytesRead) {
        const rate = Math.round((read / (performance.now() - begun)) * 1000);
        bar.update({ done: bytesRead, total: source.file.bytes }, `${read} rows, ${rate} a second`);
      },
    });
    return { tally, failure: null };
  } catch (error) {
    if (error instanceof ImportStopped) return { tally: error.tally, failure: error };
    throw error;
  } finally {
    bar.stop();
  }
}
