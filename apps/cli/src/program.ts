// The whole command: every noun and verb there is.

import { Command } from '@commander-js/extra-typings';
import { addCompletionCommand } from './commands/completion-command.ts';
import { addConfigCommand } from './commands/config-command.ts';
import { addDoctorCommand } from './commands/doctor-command.ts';
import { addEventsCommand } from './commands/events/events-command.ts';
import { addExportCommand } from './commands/export-command.ts';
import { addImportCommand } from './commands/import-command.ts';
import { addKeysCommand } from './commands/keys-command.ts';
import { addPaymentsCommand } from './commands/payments/payments-command.ts';
import { addServeCommand } from './commands/serve-command.ts';
import { addWorkerCommand } from './commands/worker-command.ts';
import { addReportsCommands } from './commands/reports-commands.ts';
import { addStorageCommand } from './commands/storage-command.ts';
import { examples } from './commands/examples.ts';
import type { Session } from './session.ts';

/** Commander writes its own errors; they are thrown as well. */
export function createProgram(session: Session): Command {
  const { terminal } = session;
  const program = new Command('paystrata')
    .description('Payments: import, create, process, refund and ask, on the configured store or a running API.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.write(text),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
    .showHelpAfterError('(add --help for what there is)')
    .addHelpText(
      'after',
      examples(
        'import june.csv --amount-column Amount --currency GBP --reference-column "Transaction Number"',
        'payments create --amount 129.99 --currency EUR',
        'payments process PAYMENT --method test_approve',
        'stats --organization leeds-city-council --json',
      ),
    )
    .addHelpText('after', '\nPAYSTRATA_API_URL and PAYSTRATA_API_KEY make it talk to a running API instead.');
  addServeCommand(program, session);
  addWorkerCommand(program, session);
  addImportCommand(program, session);
  addExportCommand(program, session);
  addPaymentsCommand(program, session);
  addReportsCommands(program, session);
  addEventsCommand(program, session);
  addStorageCommand(program, session);
  addKeysCommand(program, session);
  addConfigCommand(program, session);
  addDoctorCommand(program, session);
  addCompletionCommand(program, session);
  return program;
}
