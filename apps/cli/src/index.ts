// The paystrata command, to be run from a program of one's own: with other streams, settings and signals.

export { run } from './run.ts';
export { exitCodes, type ExitCode } from './errors/exit-codes.ts';
export { createTerminal, type Terminal, type TerminalStreams } from './terminal.ts';
