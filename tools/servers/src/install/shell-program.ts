// Where a shell is that completion is tried in.

import { aptProgram } from './apt-program.ts';

/** The full path of the shell. @throws ServerProgramMissing saying what to do instead. */
export function shellProgram(shell: 'bash' | 'zsh' | 'fish'): Promise<string> {
  return aptProgram({ name: shell, program: shell, aptPackage: shell, instead: `install ${shell}` });
}
