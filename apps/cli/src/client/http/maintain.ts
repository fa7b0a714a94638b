// Maintenance of the storage behind a running API, watched as it goes on.

import { formatKeptRoot, type MaintenanceAction } from '@paystrata/application';
import { CommandError } from '../../errors/command-error.ts';
import type { MaintenanceReportView, MaintenanceTarget, MaintenanceWatch } from '../client.ts';
import { json } from './commands.ts';
import type { Connection } from './connection.ts';
import { parseProblem, problemError } from './problems.ts';
import { readJson } from './read-answer.ts';
import { framesOf } from './server-sent-events.ts';
import { maintenanceProgress, maintenanceReport } from './wire-schemas.ts';

/** Ends when the server is finished, however long that takes; the server gives up where the signal is aborted. */
export async function maintain(
  connection: Connection,
  action: MaintenanceAction,
  { paymentId }: MaintenanceTarget,
  { signal, onProgress, before, keptRoot, seal }: MaintenanceWatch,
): Promise<MaintenanceReportView> {
  const response = await connection.send({
    method: 'POST',
    path: `/v1/storage/${action === 'synchronize' ? 'sync' : action}`,
    body: json({
      ...(paymentId !== null && { paymentId }),
      ...(before !== undefined && { before: new Date(before).toISOString() }),
      ...(keptRoot !== undefined && { root: formatKeptRoot({ last: keptRoot.position, hash: keptRoot.hash }) }),
      ...(seal !== undefined && { seal }),
    }),
    headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
    timeout: null,
    signal,
  });
  try {
    for await (const { event, data } of framesOf(response)) {
      if (event === 'progress') onProgress(readJson(maintenanceProgress, data));
      if (event === 'report') return readJson(maintenanceReport, data);
      if (event === 'problem') throw failed(data);
    }
  } catch (error) {
    if (signal.aborted || !(error instanceof TypeError)) throw error;
    throw brokenOff(action, error);
  }
  throw brokenOff(action);
}

function failed(data: string): CommandError {
  const problem = parseProblem(data);
  return problem === null
    ? new CommandError('UNREACHABLE', 'the API tells of no problem of ours')
    : problemError(problem);
}

function brokenOff(action: MaintenanceAction, cause?: unknown): CommandError {
  return new CommandError('UNREACHABLE', `the connection ended before ${action} was finished`, {
    hint: 'the server gives up with the connection: run it again',
    cause,
  });
}
