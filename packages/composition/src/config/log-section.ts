// What is logged.

import { z } from 'zod';
import { setting } from './setting.ts';

const levels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

export const logSection = z.strictObject({
  level: setting(z.enum(levels).default('info'), {
    variable: 'PAYSTRATA_LOG_LEVEL',
    may: `be one of ${levels.join(', ')}`,
  }),
});
