// The header Prefer (RFC 7240).

import type { Request } from './api.ts';

/** Whether the client would rather be answered before the gateway was. */
export function prefersAsync({ headers: { prefer } }: Request): boolean {
  const all = Array.isArray(prefer) ? prefer.join(',') : (prefer ?? '');
  return all.split(',').some((each) => /^\s*respond-async\s*(;|$)/i.test(each));
}
