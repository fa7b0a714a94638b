// config show

import type { Command } from '@commander-js/extra-typings';
import { describeConfig, type DescribedSetting } from '@paystrata/composition';
import { jsonFlag } from '../flags/common-flags.ts';
import { columnsTable } from '../output/columns-table.ts';
import { printResult } from '../output/json.ts';
import type { Session } from '../session.ts';
import { examples } from './examples.ts';

export function addConfigCommand(program: Command, session: Session): void {
  program
    .command('config')
    .description('look at the configuration')
    .command('show')
    .description('show every setting, its value and where that comes from; secrets are masked')
    .addOption(jsonFlag)
    .addHelpText('after', examples('config show', 'config show --json'))
    .action((flags) => {
      const settings = describeConfig(session.config());
      return printResult(session.terminal, flags, settings, () => settingsTable(settings));
    });
}

function settingsTable(settings: readonly DescribedSetting[]): string {
  return columnsTable<DescribedSetting>(
    [
      { heading: 'SETTING', cell: ({ key }) => key },
      { heading: 'VALUE', cell: ({ value }) => (value === null ? '–' : String(value)) },
      { heading: 'FROM', cell: ({ origin }) => origin },
      { heading: 'VARIABLE', cell: ({ variable }) => variable ?? '' },
    ],
    settings,
  );
}
