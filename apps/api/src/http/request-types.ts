// The types of requests follow from their schemas. Those of answers are checked against theirs by the tests.

import type { FastifyTypeProvider } from 'fastify';
import type { z } from 'zod';

export interface RequestTypes extends FastifyTypeProvider {
  readonly validator: this['schema'] extends z.ZodType ? z.output<this['schema']> : unknown;
  readonly serializer: unknown;
}
