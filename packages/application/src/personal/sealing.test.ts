// A sealed part opens with its key and in its place, and nowhere else.
import { describe, expect, it } from 'vitest';
import { newSubjectKey } from './memory-keyring.ts';
import { keyIdOf, openPersonal, sealPersonal, type SealedPlace } from './sealing.ts';

const key = newSubjectKey();
const place: SealedPlace = { kind: 'event', organizationId: 'acme', paymentId: 'p', id: 'e', version: 1 };
const personal = { customer: { name: 'Zoë', email: null }, description: '漢字', metadata: { a: 'b' } };
const sealed = sealPersonal(personal, place, key);
const damage = expect.objectContaining({ code: 'STORE_DAMAGED' }) as Error;

it('opens as it was sealed', () => {
  expect(openPersonal(sealed, place, key)).toEqual(personal);
  expect(keyIdOf(sealed)).toBe(key.id);
});

it('looks different each time, and never takes a nonce twice', () => {
  const nonces = Array.from({ length: 2000 }, () => sealPersonal(personal, place, key).split('.')[2]);
  expect(new Set([...nonces, sealed.split('.')[2]]).size).toBe(2001);
});

it.each<[string, Partial<SealedPlace>]>([
  ['kind', { kind: 'payment' }],
  ['organization', { organizationId: 'globex' }],
  ['payment', { paymentId: 'q' }],
  ['event', { id: 'f' }],
  ['version', { version: 2 }],
])('does not open in another %s', (_, other) => {
  expect(() => openPersonal(sealed, { ...place, ...other }, key)).toThrow(damage);
});

it('does not open with another key', () => {
  expect(() => openPersonal(sealed, place, newSubjectKey())).toThrow(damage);
});

describe('a changed text', () => {
  it('is refused, whichever byte was flipped', () => {
    const [format, id, nonce = '', text = ''] = sealed.split('.');
    for (const part of [nonce, text]) {
      const bytes = Buffer.from(part, 'base64url');
      for (let index = 0; index < bytes.length; index++) {
        const flipped = Buffer.from(bytes);
        flipped.writeUInt8(bytes.readUInt8(index) ^ 1, index);
        const changed = flipped.toString('base64url');
        const whole = [format, id, part === nonce ? changed : nonce, part === text ? changed : text].join('.');
        expect(() => openPersonal(whole, place, key)).toThrow(damage);
      }
    }
  });

  it.each(['', 'p1', 'p1.k', 'p1.k.n', 'p2.k.n.c', 'p1..n.c', 'p1.k.n.c.d'])('is nothing of ours: "%s"', (text) => {
    expect(keyIdOf(text)).toBeUndefined();
    expect(() => openPersonal(text, place, key)).toThrow(damage);
  });

  it('is refused where it was cut', () => {
    for (let length = 0; length < sealed.length; length++) {
      expect(() => openPersonal(sealed.slice(0, length), place, key)).toThrow(damage);
    }
  });
});
