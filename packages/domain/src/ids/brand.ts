// Nominal typing: a branded string or number cannot be mixed up with another of the same shape.

declare const brand: unique symbol;

/** A `Base` that went through the constructor named by `Name`. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
