// Where the built console is: files for any web server, or for the API, which serves them at `/`.

import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of `index.html` and its assets; null where the console was not built. */
export function consoleFolder(): string | null {
  const folder = join(import.meta.dirname, '..', 'built');
  return existsSync(join(folder, 'index.html')) ? folder : null;
}

/** Addresses that show the console's one page; what is behind them is decided in the browser. */
export const consolePages: readonly string[] = ['/', '/payments', '/payments/:id', '/overview', '/events', '/storage'];
