// `npm run audit`: no dependency has a known advisory. Exits 1 where one has, or where npm fails; where the registry
// answers no audits (mirrors often do not), it says so, since nothing was found out.

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

export interface AuditVerdict {
  readonly exit: 0 | 1;
  readonly says: string;
}

if (import.meta.main) {
  const args = ['audit', '--json'];
  const { stdout, error } = spawnSync('npm', args, { cwd: join(import.meta.dirname, '..'), encoding: 'utf8' });
  if (error !== undefined) throw error;
  const { exit, says } = auditVerdict(JSON.parse(stdout));
  console.log(says);
  process.exitCode = exit;
}

/** What a report of `npm audit --json` means. */
export function auditVerdict(report: unknown): AuditVerdict {
  const { vulnerabilities, statusCode, message } = fieldsOf(report);
  if (typeof vulnerabilities === 'object' && vulnerabilities !== null) {
    const found = Object.entries(vulnerabilities).map(([name, each]) => `${name}: ${severityOf(each)}`);
    if (found.length === 0) return { exit: 0, says: 'no dependency has a known advisory' };
    return { exit: 1, says: `known advisories, see npm audit:\n${found.join('\n')}` };
  }
  // Not found, not allowed, gone, not implemented: the registry has no such service.
  if ([404, 405, 410, 501].includes(Number(statusCode))) {
    return { exit: 0, says: `NOT CHECKED: the registry answers no audits (${String(statusCode)})` };
  }
  return { exit: 1, says: `npm audit failed: ${typeof message === 'string' ? message : JSON.stringify(report)}` };
}

interface Report {
  readonly vulnerabilities?: unknown;
  readonly statusCode?: unknown;
  readonly message?: unknown;
}

function fieldsOf(report: unknown): Report {
  return typeof report === 'object' && report !== null ? report : {};
}

function severityOf(vulnerability: unknown): string {
  const isKnown = typeof vulnerability === 'object' && vulnerability !== null && 'severity' in vulnerability;
  return isKnown ? String(vulnerability.severity) : 'of unknown severity';
}
