// Whether server, worker and projected log can do their work.

import type { Health, SourceHealth } from '@paystrata/application';
import type { Session } from './session.ts';

const TIMEOUT_MS = 900;

export async function healthOf(session: Session | null): Promise<Health> {
  if (session === null) return { healthy: false, sources: [sourceOf('temporal', 'it is not started')] };
  const sources = [sourceOf('temporal', await serverProblem(session))];
  if (session.worker !== null) sources.push(sourceOf('temporal-worker', session.worker.problem()));
  return { healthy: sources.every(({ healthy }) => healthy), sources };
}

async function serverProblem({ connection }: Session): Promise<string | null> {
  try {
    await connection.withDeadline(Date.now() + TIMEOUT_MS, () => connection.workflowService.getSystemInfo({}));
    return null;
  } catch (error) {
    return `no answer within ${TIMEOUT_MS} ms: ${String(error)}`;
  }
}

function sourceOf(name: string, problem: string | null): SourceHealth {
  return { name, healthy: problem === null, problem };
}
