// Checks every part of a request by its zod schema, strictly.

import { parseMessage } from '@paystrata/application';
import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';

/** Headers are only checked: they stay as they came, with those that nobody asked for. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = httpPart ?? 'request';
  return (data: unknown) => {
    try {
      // Fastify says null for a body that was not sent.
      const value = parseMessage(schema, part, httpPart === 'body' ? (data ?? undefined) : data);
      return { value: httpPart === 'headers' ? data : value };
    } catch (error) {
      if (error instanceof Error) return { error };
      throw error;
    }
  };
};
