// UUIDs of version 7: a time, a counter and random bits, so that ids made later sort later.

import { randomFillSync } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';

const POOL = 8192;

/**
 * RFC 9562, method 1 of section 6.2: 48 bits of milliseconds, 12 bits of counter, 62 random bits. Ascending within a
 * process even where the clock jumps back or more than 4,096 are made in a millisecond: the time then runs ahead.
 */
export function createUuidV7Ids(clock: Pick<Clock, 'now'>): Ids {
  const pool = new Uint8Array(POOL);
  let used = POOL;
  let time = 0;
  let counter = 0;
  return {
    next() {
      const now = Math.max(0, clock.now());
      if (now > time) {
        time = now;
        counter = 0;
      } else if (++counter > 0xfff) {
        time++;
        counter = 0;
      }
      if (used + 8 > POOL) {
        randomFillSync(pool);
        used = 0;
      }
      let random = '';
      for (const byte of pool.subarray(used, used + 8)) random += hex(byte);
      used += 8;
      const stamp = time.toString(16).padStart(12, '0');
      const variant = (8 | (Number.parseInt(random.charAt(0), 16) & 3)).toString(16);
      return `${stamp.slice(0, 8)}-${stamp.slice(8)}-7${counter.toString(16).padStart(3, '0')}-${variant}${random.slice(1, 4)}-${random.slice(4)}`;
    },
  };
}

const hexOf = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

function hex(byte: number): string {
  return hexOf[byte] ?? '00';
}
