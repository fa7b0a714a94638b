// completion: a script that completes nouns, verbs and flags in a shell

import tab from '@bomb.sh/tab/commander';
import type { Command } from '@commander-js/extra-typings';
import { Command as AnyCommand } from 'commander';
import type { Session } from '../session.ts';

const install = `
Install:
  bash        echo 'source <(paystrata completion bash)' >> ~/.bashrc
  zsh         echo 'source <(paystrata completion zsh)' >> ~/.zshrc
  fish        paystrata completion fish > ~/.config/fish/completions/paystrata.fish
  powershell  paystrata completion powershell >> $PROFILE`;

/** The library's own needs the package bash-completion, evaluates what was typed, and cannot be sourced twice. */
const bash = `# bash completion for paystrata
_paystrata_complete() {
  local value rest current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=()
  while IFS=$'\\t' read -r value rest; do
    [[ $value == :* || $value != "$current"* ]] || COMPREPLY+=("$value")
  done < <(paystrata complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _paystrata_complete paystrata`;

/** To be added last: it completes the commands that are there by then. */
export function addCompletionCommand(program: Command, { terminal }: Session): void {
  if (!(program instanceof AnyCommand)) throw new Error('two copies of commander are installed');
  const scripts = tab(program, { completionCommandName: 'completion' });
  const name = program.name();
  const print = (shell: unknown) =>
    shell === 'bash' ? terminal.print(bash) : scripts.setup(name, name, String(shell));
  program.commands
    .find((command) => command.name() === 'completion')
    ?.description('print a script that completes commands and flags in your shell')
    .addHelpText('after', install)
    .action((...given) => print(given[0]));
}
