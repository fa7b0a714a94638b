import { everyPayment, type SearchPayments } from '@paystrata/application';
import { acme, known } from '@paystrata/conformance/random-payments';
import { parsePaymentId } from '@paystrata/domain';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { HashDirectory } from './hash-directory.ts';
import { createPaymentIndex } from './payment-index.ts';
import { ShardedMap } from './sharded-map.ts';
import { plainDocument } from './testing/plain-document.ts';

afterEach(() => vi.unstubAllGlobals());

describe('a directory of parts by hash', () => {
  it('finds each hash in the part that was made for it', () => {
    const directory = new HashDirectory<Set<number>>(new Set());
    const hashes = Array.from({ length: 500 }, (_, number) => Math.imul(number, 0x9e3779b1) >>> 0);
    for (const hash of hashes) {
      directory.at(hash).add(hash);
      const full = directory.at(hash);
      if (full.size <= 4) continue;
      directory.split(hash, (isSecond) => [
        new Set([...full].filter((each) => !isSecond(each))),
        new Set([...full].filter(isSecond)),
      ]);
    }
    expect(hashes.every((hash) => directory.at(hash).has(hash))).toBe(true);
    const parts = [...directory.parts()];
    expect(parts.flatMap((part) => [...part]).sort()).toEqual(hashes.toSorted());
    expect(new Set(parts).size).toBe(parts.length);
  });

  it('leaves a part whole whose hashes are all the same', () => {
    const directory = new HashDirectory('all');
    let splits = 0;
    while (directory.split(0, () => [`same ${(splits += 1)}`, 'none'])) expect(splits).toBeLessThan(100);
    expect(directory.at(0)).toBe(`same ${splits}`);
    expect(directory.at(0xffffffff)).toBe('none');
  });
});

describe('an index beyond the limit of a Map', () => {
  const limit = 200;

  /** V8's own limit is 2^24 entries: this is the same one, lower. */
  class LimitedMap<Key, Value> extends Map<Key, Value> {
    override set(key: Key, value: Value): this {
      if (this.size >= limit && !this.has(key)) throw new RangeError('Map maximum size exceeded');
      return super.set(key, value);
    }
  }

  it('holds and finds more payments, words and values than one Map takes', () => {
    vi.stubGlobal('Map', LimitedMap);
    const index = createPaymentIndex({ mapLimit: limit / 2 });
    for (let number = 1; number <= 2000; number += 1) index.apply(plainDocument(number));
    vi.unstubAllGlobals();
    expect(index.size()).toBe(2000);
    expect(index.memory().terms).toBeGreaterThan(6000);
    const query: SearchPayments = {
      ...{ type: 'SearchPayments', limit: 10, cursor: null, page: null },
      filter: { ...everyPayment, text: 'bill 1999', userId: 'user-1999', metadata: { ticket: 'T-1999' } },
      sort: { by: 'created', descending: true },
    };
    const { payments } = index.search(query, { organizationId: acme, epoch: 'e', position: 2000 });
    expect(payments.map(({ payment }) => payment.reference)).toEqual(['INV-1999']);
  });

  it('fails in one Map: the test above can fail', () => {
    vi.stubGlobal('Map', LimitedMap);
    const map = new ShardedMap<number>(limit * 2);
    const fill = () => {
      for (let number = 0; number <= limit; number += 1) map.set(`${number}`, number);
    };
    expect(fill).toThrow('Map maximum size exceeded');
  });
});

it('keeps payments whose ids hash to the same apart', () => {
  const index = createPaymentIndex({ few: 0 });
  const idOf = (number: number) =>
    known(parsePaymentId(`${number.toString(16).padStart(8, '0')}-0000-7000-8000-000000000000`));
  for (let number = 1; number <= 5000; number += 1) index.apply(plainDocument(number, { id: idOf(number) }));
  const get = (number: number) => index.get({ organizationId: acme, paymentId: idOf(number) });
  expect(get(4711)?.position).toBe(4711);
  for (let number = 2; number <= 5000; number += 2) index.remove({ organizationId: acme, paymentId: idOf(number) });
  expect([get(4711)?.position, get(4712), index.size()]).toEqual([4711, null, 2500]);
});
