// A vitest `globalSetup`: the console is built and the browser is there before the first test.

import { chromiumProgram } from '../../tools/servers/src/index.ts';
import { buildConsole } from '../../scripts/build-console.ts';

export async function setup(): Promise<void> {
  buildConsole();
  await chromiumProgram();
}
