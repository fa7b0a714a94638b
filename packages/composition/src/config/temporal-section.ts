// How to reach Temporal.

import { z } from 'zod';
import { optionalText, setting } from './setting.ts';

const certificate = (name: string) => ({
  variable: `PAYSTRATA_TEMPORAL_TLS_${name}`,
  may: 'be a PEM file',
  isPath: true,
});

export const temporalSection = z.strictObject({
  address: setting(
    z
      .string()
      .regex(/^[^\s/]+:\d{1,5}$/)
      .default('127.0.0.1:7233'),
    { variable: 'PAYSTRATA_TEMPORAL_ADDRESS', may: 'be host:port' },
  ),
  namespace: setting(z.string().min(1).default('default'), {
    variable: 'PAYSTRATA_TEMPORAL_NAMESPACE',
    may: 'be the name of a namespace',
  }),
  /** With a key, TLS is on. */
  apiKey: setting(optionalText(), {
    variable: 'PAYSTRATA_TEMPORAL_API_KEY',
    may: 'be an API key of Temporal Cloud',
    secret: 'all',
  }),
  tlsEnabled: setting(z.boolean().default(false), {
    variable: 'PAYSTRATA_TEMPORAL_TLS_ENABLED',
    may: 'be true or false',
    reads: 'boolean',
  }),
  tlsCaFile: setting(optionalText(), certificate('CA_FILE')),
  tlsCertFile: setting(optionalText(), certificate('CERT_FILE')),
  tlsKeyFile: setting(optionalText(), certificate('KEY_FILE')),
  tlsServerName: setting(optionalText(), {
    variable: 'PAYSTRATA_TEMPORAL_TLS_SERVER_NAME',
    may: 'be the host name in the certificate of the server',
  }),
  /** Permits a server that keeps its histories in memory: what was acknowledged is lost when it ends. */
  allowVolatile: setting(z.boolean().default(false), {
    variable: 'PAYSTRATA_TEMPORAL_ALLOW_VOLATILE',
    may: 'be true or false',
    reads: 'boolean',
  }),
});
