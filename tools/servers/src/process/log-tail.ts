// The end of a server's log, for messages.

import { readFileSync } from 'node:fs';

/** The last lines of a log file, under a heading; says so when there are none. */
export function logTail(file: string, lines = 40): string {
  let text = '';
  try {
    text = readFileSync(file, 'utf8').trimEnd();
  } catch {
    // A server that never ran has written no log.
  }
  if (text === '') return 'It wrote no log.';
  return `The end of its log:\n${text.split('\n').slice(-lines).join('\n')}`;
}
