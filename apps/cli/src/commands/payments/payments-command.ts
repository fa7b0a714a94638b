// payments: everything about single payments

import type { Command } from '@commander-js/extra-typings';
import type { Session } from '../../session.ts';
import { addChangeCommands } from './change-commands.ts';
import { addCreateCommand } from './create-command.ts';
import { addListCommand } from './list-command.ts';
import { addMoneyCommands } from './money-commands.ts';
import { addReadCommands } from './read-commands.ts';
import { addWatchCommand } from './watch-command.ts';

export function addPaymentsCommand(program: Command, session: Session): void {
  const payments = program.command('payments').description('create, look at and change payments');
  addCreateCommand(payments, session);
  addListCommand(payments, session);
  addReadCommands(payments, session);
  addMoneyCommands(payments, session);
  addChangeCommands(payments, session);
  addWatchCommand(payments, session);
}
