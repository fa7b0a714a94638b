// How long what was read is kept.

import { z } from 'zod';
import { setting } from './setting.ts';

const seconds = { variable: null, may: 'be a whole number of seconds from 0' };

export const cacheSection = z.strictObject({
  /** Queries, reads of event streams, and what Redis keeps. */
  ttlSeconds: setting(z.int().min(0).default(300), seconds),
  /** Single payments. Null: 300, on Temporal 600. */
  paymentTtlSeconds: setting(z.int().min(0).nullable().default(null), seconds),
});
