// The three ways in which a test server can fail its caller, each a thrown class with a literal code.

/** The server's program is not on this machine and could not be installed. The message says what to do instead. */
export class ServerProgramMissing extends Error {
  override readonly name = 'ServerProgramMissing';
  readonly code = 'SERVER_PROGRAM_MISSING';
}

/** The server was started but ended, or did not answer in time. The message ends with the tail of its log. */
export class ServerStartFailed extends Error {
  override readonly name = 'ServerStartFailed';
  readonly code = 'SERVER_START_FAILED';
}

/** A fault was asked of a server that the environment gave by its URL. Only a server that we started can be killed. */
export class ServerNotOurs extends Error {
  override readonly name = 'ServerNotOurs';
  readonly code = 'SERVER_NOT_OURS';

  constructor(what: string, variable: string) {
    super(
      `${what}: the server was given by ${variable} and is not ours to stop; unset it, or start one with { own: true }`,
    );
  }
}
