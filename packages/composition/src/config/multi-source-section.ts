// How the sources beside SQL are fed and asked.

import { paymentEventTypes } from '@paystrata/application';
import { z } from 'zod';
import { setting } from './setting.ts';

const slugs = z.array(z.string().min(1)).optional();
const route = z.strictObject({
  organizations: slugs,
  exceptOrganizations: slugs,
  types: z.array(z.enum(paymentEventTypes)).optional(),
});
const seconds = z.int().min(0).optional();

export const multiSourceSection = z.strictObject({
  /** With more payments SQL answers in place of the index in memory. 0: there is no such index. */
  memoryPayments: setting(z.int().min(0).default(200_000), {
    variable: null,
    may: 'be a whole number of payments from 0',
  }),
  /** How old an answer may be that is asked for without a position. */
  staleSeconds: setting(z.number().min(0).default(5), { variable: null, may: 'be a number of seconds from 0' }),
  /** After so long without a sign of life another process feeds the sources. */
  leaseSeconds: setting(z.number().min(0.1).default(10), { variable: null, may: 'be a number of seconds from 0.1' }),
  /** By the name of a source: which events it gets. A source that gets some types only is written, but not asked. */
  routes: setting(z.partialRecord(z.enum(['memory', 'redis', 'search', 'files']), route).default({}), {
    variable: null,
    may: 'be an object such as {"search": {"exceptOrganizations": ["acme"]}, "files": {"types": ["PaymentProcessed"]}}',
  }),
  /** How long answers of a kind are kept, where that is not what the section `cache` says. */
  ttlSeconds: setting(
    z.strictObject({ search: seconds, suggestions: seconds, statistics: seconds, analytics: seconds }).prefault({}),
    { variable: null, may: 'be an object such as {"statistics": 60}, in whole seconds from 0' },
  ),
});
