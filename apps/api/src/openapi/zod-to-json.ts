// What JSON can say of our schemas: a bigint in process is an integer of minor units on the wire.

import type { z } from 'zod';

type Context = Parameters<NonNullable<z.core.ToJSONSchemaParams['override']>>[0];

export const zodToJson = {
  unrepresentable: 'any' as const,
  override: ({ zodSchema, jsonSchema }: Context): void => {
    if (zodSchema._zod.def.type !== 'union') return;
    const branches = jsonSchema.anyOf?.filter((branch) => Object.keys(branch).length > 0) ?? [];
    const [only] = branches;
    if (jsonSchema.anyOf === undefined || only === undefined) return;
    delete jsonSchema.anyOf;
    if (branches.length === 1) Object.assign(jsonSchema, only);
    else jsonSchema.anyOf = branches;
  },
};
