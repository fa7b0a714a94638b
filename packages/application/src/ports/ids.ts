// Identifiers come from a port, so that a seeded run gives the same ones again.

/** Makes UUIDs of version 7 (RFC 9562), in lower case, ascending within a process. */
export interface Ids {
  next(): string;
}
