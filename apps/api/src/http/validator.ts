// Checks every part of a request by its zod schema, strictly.

import { parseMessage } from '@paystrata/application';
import type { FastifySchemaCompiler } from 'fastify';
import { z } from 'zod';

/** Headers are only checked, those that the schema names: they stay as they came, with those that nobody asked for. */
export const validatorCompiler: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart }) => {
  const part = httpPart ?? 'request';
  if (part === 'headers') return headersValidator(schema);
  return (data: unknown) => {
    // Fastify says null for a body that was not sent.
    const { value, error } = checked(schema, part, part === 'body' ? (data ?? undefined) : data);
    return error === undefined ? { value } : { error };
  };
};

function headersValidator(schema: z.ZodType) {
  const names = schema instanceof z.ZodObject ? Object.keys(schema.shape) : null;
  return (data: unknown) => {
    const { error } = checked(schema, 'headers', names === null ? data : picked(data, names));
    return error === undefined ? { value: data } : { error };
  };
}

/** Looking at all headers that clients and proxies send would take longer than checking those that mean something. */
function picked(data: unknown, names: readonly string[]): unknown {
  if (!isRecord(data)) return data;
  return Object.fromEntries(names.filter((name) => data[name] !== undefined).map((name) => [name, data[name]]));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function checked(schema: z.ZodType, part: string, data: unknown): { readonly value?: unknown; readonly error?: Error } {
  try {
    return { value: parseMessage(schema, part, data) };
  } catch (error) {
    if (error instanceof Error) return { error };
    throw error;
  }
}
