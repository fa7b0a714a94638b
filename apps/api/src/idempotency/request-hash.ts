// What makes two requests the same: their address and what they ask, whatever the order of keys.

import { hash } from 'node:crypto';
import { canonicalJson } from '@paystrata/application';

/** SHA-256, hexadecimal, of method, address and body. */
export function requestHash(method: string, url: string, body: unknown): string {
  return hash('sha256', `${method} ${url}\n${canonicalJson(body ?? null)}`, 'hex');
}
