// Makes the compiler prove that a switch is exhaustive.

/** @throws Error at run time, where something got past the types. */
export function assertNever(value: never): never {
  throw new Error(`unexpected value: ${String(value)}`);
}
