// The running API that the command line talks to, where it does not open the store by itself.

import { z } from 'zod';
import { optionalText, setting } from './setting.ts';

export const clientSection = z.strictObject({
  apiUrl: setting(
    z
      .url({ protocol: /^https?$/ })
      .nullable()
      .default(null),
    { variable: 'PAYSTRATA_API_URL', may: 'be the http(s):// address of a running API', secret: 'password' },
  ),
  apiKey: setting(optionalText(), {
    variable: 'PAYSTRATA_API_KEY',
    may: 'be a key that `paystrata keys create` printed',
    secret: 'all',
  }),
});
