// Nominal typing: a branded string or number cannot be mixed up with another of the same shape.

/**
 * A `Base` that went through the constructor named by `Name`. The mark is in the type only. It is no symbol, which the
 * declarations of every package that uses a brand would have to name and cannot.
 */
export type Brand<Base, Name extends string> = Base & { readonly '~brand': Name };
