// Where the API listens, and which part of the work this process does.

import { z } from 'zod';
import { setting } from './setting.ts';

const roles = ['all', 'command', 'query', 'worker'] as const;

export const serverSection = z.strictObject({
  host: setting(z.string().min(1).default('127.0.0.1'), {
    variable: 'PAYSTRATA_HOST',
    may: 'be the name or address of an interface of this machine, such as 127.0.0.1 or 0.0.0.0',
  }),
  /** 0: any free port. */
  port: setting(z.int().min(0).max(65_535).default(3000), {
    variable: 'PAYSTRATA_PORT',
    may: 'be a whole number from 0 to 65535',
    reads: 'number',
  }),
  role: setting(z.enum(roles).default('all'), { variable: 'PAYSTRATA_ROLE', may: `be one of ${roles.join(', ')}` }),
});
