// What makes two requests the same: their address and what they ask, whatever the order of keys.

import { hash } from 'node:crypto';
import { canonicalJson } from '@paystrata/application';

/** SHA-256, hexadecimal, of method, address and body. */
export function requestHash(method: string, url: string, body: unknown): string {
  const text = typeof body === 'string' ? JSON.stringify(body) : canonicalJson(body ?? null);
  return hash('sha256', `${method} ${url}\n${text}`, 'hex');
}
