// Where the API listens, and which part of the work this process does.

import { z } from 'zod';
import { setting } from './setting.ts';

/** As browsers send it: no path, no default port, no capitals. */
const isOrigin = (text: string): boolean => /^https?:/.test(text) && URL.parse(text)?.origin === text;

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
  /** Pages of these may ask the API from a browser; none may unless it is named. */
  corsOrigins: setting(z.array(z.string().refine(isOrigin)).default([]), {
    variable: null,
    may: 'be a list of origins such as ["https://pay.example.org"]',
  }),
});
