// doctor: what is wrong with this installation, and what to do

import type { Command } from '@commander-js/extra-typings';
import { ConfigInvalid, type Config } from '@paystrata/composition';
import { examineApi } from '../doctor/examine-api.ts';
import { examineStore } from '../doctor/examine-store.ts';
import { failed, ok, type Finding } from '../doctor/finding.ts';
import { exitCodes } from '../errors/exit-codes.ts';
import { jsonFlag } from '../flags/common-flags.ts';
import { columnsTable } from '../output/columns-table.ts';
import { printResult } from '../output/json.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

const NODE = 24;

export function addDoctorCommand(program: Command, session: Session): void {
  program
    .command('doctor')
    .description('check the configuration and each server that it names, and say what to do; exits 1 where one fails')
    .addOption(jsonFlag)
    .addHelpText('after', examples('doctor', 'doctor --json'))
    .action(async (flags) => {
      const findings = await examine(session);
      const isWell = findings.every(({ state }) => state !== 'failed');
      await printResult(session.terminal, flags, { ok: isWell, findings }, () => findingsText(findings));
      if (!isWell) session.exitCode = exitCodes.other;
    });
}

async function examine(session: Session): Promise<readonly Finding[]> {
  const node = nodeFinding(process.versions.node);
  let config: Config;
  try {
    config = session.config();
  } catch (error) {
    if (!(error instanceof ConfigInvalid)) throw error;
    return [node, ...error.issues.map(({ name, message }) => failed('configuration', message, `correct ${name}`))];
  }
  const settings = `${config.origins.size} settings are not the default: \`paystrata config show\` lists all`;
  const { apiUrl, apiKey } = config.client;
  const rest = apiUrl === null ? await examineStore(config) : await examineApi(apiUrl, apiKey);
  return [node, ok('configuration', settings), ...rest];
}

function nodeFinding(version: string): Finding {
  const [major = '0'] = version.split('.');
  if (Number(major) >= NODE) return ok('node', version);
  return failed('node', `${version} is too old`, `run it with Node ${NODE} or later`);
}

const marks = { ok: 'ok', warning: 'warning', failed: 'FAILED' } as const;

function findingsText(findings: readonly Finding[]): string {
  const table = columnsTable<Finding>(
    [
      { heading: 'CHECK', cell: ({ check }) => check },
      { heading: 'STATE', cell: ({ state }) => marks[state] },
      { heading: 'FOUND', most: 160, cell: ({ says }) => says },
    ],
    findings,
  );
  const remedies = findings.flatMap(({ check, remedy }) => (remedy === null ? [] : [`${check}: ${remedy}`]));
  return remedies.length === 0 ? table : `${table}\n\nWhat to do:\n${remedies.map((each) => `- ${each}`).join('\n')}`;
}
