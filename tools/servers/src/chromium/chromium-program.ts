// Where the browser is that the console is tested in.

import { aptProgram } from '../install/apt-program.ts';

/** A browser of the user's own. */
const chromiumVariable = 'PAYSTRATA_TEST_CHROMIUM';

/** The full path of Chromium. @throws ServerProgramMissing saying what to do instead. */
export async function chromiumProgram(): Promise<string> {
  const given = process.env[chromiumVariable] ?? '';
  if (given !== '') return given;
  return aptProgram({
    name: 'Chromium',
    program: 'chromium',
    aptPackage: 'chromium',
    instead: `install Chromium, or give its path in ${chromiumVariable}`,
  });
}
