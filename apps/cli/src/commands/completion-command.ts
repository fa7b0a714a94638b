// completion: a script that completes nouns, verbs and flags in a shell

import tab from '@bomb.sh/tab/commander';
import type { Command } from '@commander-js/extra-typings';
import { Command as AnyCommand } from 'commander';

const install = `
Install:
  bash        echo 'source <(paystrata completion bash)' >> ~/.bashrc
  zsh         echo 'source <(paystrata completion zsh)' >> ~/.zshrc
  fish        paystrata completion fish > ~/.config/fish/completions/paystrata.fish
  powershell  paystrata completion powershell >> $PROFILE`;

/** To be added last: it completes the commands that are there by then. */
export function addCompletionCommand(program: Command): void {
  if (!(program instanceof AnyCommand)) throw new Error('two copies of commander are installed');
  tab(program, { completionCommandName: 'completion' });
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a script that completes commands and flags in your shell')
    .addHelpText('after', install);
}
