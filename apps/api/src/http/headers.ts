// The headers that requests may carry, as schemas: they are documented and checked by these.

import { z } from 'zod';

const visible = /^[\x21-\x7e]{1,255}$/;

const organization = z.string().optional().meta({
  description: "With an operator's key: the organization that the request is about.",
  pattern: '^[a-z0-9][a-z0-9-]{0,62}$',
});

/** Of every request. */
const common = {
  'paystrata-organization': organization,
  'x-request-id': z.string().optional().meta({ description: 'Names the request in answers and logs.' }),
  'x-correlation-id': z
    .string()
    .regex(visible, 'must be 1 to 255 visible ASCII characters')
    .optional()
    .meta({ description: 'Ties events to what they came of; the request id unless it is said.' }),
};

export const queryHeaders = z.looseObject({
  ...common,
  'paystrata-position': z
    .string()
    .optional()
    .meta({ description: 'What a write answered: the read is at least as fresh.' }),
});

const prefer = z.string().optional().meta({ description: '`respond-async`: do not wait for the gateway.' });
const ifMatch = z.string().meta({
  description: 'The ETag of the payment that was seen.',
  pattern: '^("[1-9][0-9]{0,8}"|\\*)$',
});

/** Of commands that may be sent again without acting twice. */
export const commandHeaders = z.looseObject({
  ...common,
  prefer,
  'if-match': ifMatch.optional(),
  'idempotency-key': z
    .string()
    .regex(visible, 'must be 1 to 255 visible ASCII characters')
    .optional()
    .meta({ description: 'Names the intention: sent again with the same request, it acts once.' }),
});

/** Of a bulk, which is about no one payment. */
export const bulkHeaders = commandHeaders.omit({ 'if-match': true });

/** Of commands upon the version that was seen; without If-Match they are answered 428. */
export const conditionalHeaders = z.looseObject({ ...common, prefer, 'if-match': ifMatch.optional() });

export const commonHeaders = z.looseObject(common);
