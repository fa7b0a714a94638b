// What paying programs said was acknowledged: event ids and positions.

import type { Program } from './program.ts';

/** Adds what the program has said up to now. */
export function collect(program: Program, into: Map<string, number>): void {
  for (const line of program.lines) {
    const [eventId = '', position, ...rest] = line.split(' ');
    if (position !== undefined && rest.length === 0) into.set(eventId, Number(position));
  }
}
