// Problems in answers, and which of them a route can answer with.

import { z } from 'zod';
import { PROBLEM_TYPE } from '../problems/problem-of.ts';
import { problemKinds, type ProblemCode } from '../problems/problem-table.ts';
import { component } from './components.ts';
import { failureSchema, paymentSchema } from './payment-schema.ts';

const problemSchema = component(
  'Problem',
  z.strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().meta({ description: 'Stable; docs/errors.md lists them all.' }),
    param: z.string().nullable(),
    requestId: z.string(),
    errors: z.array(z.strictObject({ param: z.string(), message: z.string() })).readonly(),
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    payment: paymentSchema.optional(),
    failure: failureSchema.nullable().optional(),
  }),
  'What is wrong with a request (RFC 9457).',
);

/** What may happen on any route that asks for a key. */
const everywhere: readonly ProblemCode[] = [
  'INVALID_MESSAGE',
  'malformed_header',
  'malformed_request',
  'organization_required',
  'unauthorized',
  'FORBIDDEN',
  'wrong_role',
  'rate_limited',
  'internal_error',
  'STORE_UNAVAILABLE',
  'shutting_down',
];

/** What may besides happen where there is a body. */
export const withBody: readonly ProblemCode[] = [
  'malformed_json',
  'request_timeout',
  'body_too_large',
  'unsupported_media_type',
];

/** What may besides happen to any command. */
export const onWrites: readonly ProblemCode[] = [
  'WRONG_EXPECTED_VERSION',
  'OUTCOME_UNKNOWN',
  'STORE_FULL',
  'STORE_DAMAGED',
  'payment_full',
];

/** What may besides happen to any query. */
export const onReads: readonly ProblemCode[] = ['POSITION_UNKNOWN', 'POSITION_TIMEOUT', 'CAPABILITY_MISSING'];

interface ProblemResponse {
  readonly description: string;
  readonly content: { readonly [PROBLEM_TYPE]: { readonly schema: typeof problemSchema } };
}

/** The answers of a route by status: those it is for, and the problems by their codes. */
export function answers<Good extends Readonly<Record<number, unknown>>>(
  good: Good,
  ...codes: readonly ProblemCode[]
): Good & Readonly<Record<number, ProblemResponse>> {
  const byStatus = Map.groupBy(new Set([...everywhere, ...codes]), (code) => problemKinds[code].status);
  // Lost races are answered 409 where no version was stated.
  if (codes.includes('WRONG_EXPECTED_VERSION')) {
    byStatus.set(409, [...(byStatus.get(409) ?? []), 'WRONG_EXPECTED_VERSION']);
  }
  const problems = [...byStatus].map(([status, those]): [number, ProblemResponse] => [status, problemResponse(those)]);
  return { ...Object.fromEntries(problems), ...good };
}

function problemResponse(codes: readonly ProblemCode[]): ProblemResponse {
  const description = codes.map((code) => `\`${code}\`: ${problemKinds[code].meaning}`).join(' ');
  return { description, content: { [PROBLEM_TYPE]: { schema: problemSchema } } };
}
