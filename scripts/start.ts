// `npm start`: builds the console where that is due, then serves the API and the console.

import { buildConsole } from './build-console.ts';

buildConsole();
process.argv.splice(2, 0, 'serve');
await import('../apps/cli/src/main.ts');
