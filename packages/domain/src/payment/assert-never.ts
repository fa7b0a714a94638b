// Makes the compiler prove that a switch is exhaustive.

/**
 * Names what it met by its `type` alone: the rest may hold what must not be logged.
 *
 * @throws Error at run time, where something got past the types.
 */
export function assertNever(value: { readonly type: never }): never {
  throw new Error(`unexpected type: ${String(value.type)}`);
}
