// A seal changes with everything that it stands for.
import { expect, it } from 'vitest';
import { sha256 } from './merkle-tree.ts';
import { formatKeptRoot, parseKeptRoot, RangeSealer, type Seal } from './seal.ts';

const chains = Array.from({ length: 9 }, (_, index) => sha256(Buffer.from(`chain ${index}`)));

/** Seals ranges of those lengths. */
function sealed(links: readonly Uint8Array[], ...lengths: readonly number[]): Seal {
  let [seal, position]: [Seal | null, number] = [null, 1];
  for (const length of lengths) {
    const sealer = new RangeSealer(position);
    for (let left = length; left > 0; left--) sealer.add(position, links[position++ - 1] ?? Buffer.alloc(32));
    seal = sealer.seal(seal);
  }
  if (seal === null) throw new Error('nothing was sealed');
  return seal;
}

it('stands for every event up to it, in its place, and for how the ranges were cut', () => {
  const seal = sealed(chains, 4, 5);
  expect(seal).toMatchObject({ first: 5, last: 9 });
  expect(sealed(chains, 4, 5)).toEqual(seal);
  for (const index of chains.keys()) {
    const changed = chains.with(index, sha256(Buffer.from('another text')));
    expect(sealed(changed, 4, 5).hash, `event ${index + 1}`).not.toEqual(seal.hash);
  }
  const [first = Buffer.of(), second = Buffer.of(), ...rest] = chains;
  expect(sealed([second, first, ...rest], 4, 5).hash).not.toEqual(seal.hash);
  expect(sealed(chains, 5, 4).hash).not.toEqual(seal.hash);
  expect(sealed(chains, 9).hash).not.toEqual(seal.hash);
});

it('refuses a position that leaves one out', () => {
  const sealer = new RangeSealer(5);
  sealer.add(5, chains[0] ?? Buffer.alloc(32));
  expect(() => sealer.add(7, chains[1] ?? Buffer.alloc(32))).toThrow('position 7 cannot be sealed where 6 is due');
});

it('is written as hash and position, and read again', () => {
  const seal = sealed(chains, 9);
  const text = formatKeptRoot(seal);
  expect(text).toMatch(/^[0-9a-f]{64}@9$/);
  expect(parseKeptRoot(text)).toEqual({ position: 9, hash: seal.hash });
  const wrong = [
    '',
    '@9',
    text.slice(1),
    `${text}x`,
    text.replace('@9', '@0'),
    text.replace('@9', '@99999999999999999'),
  ];
  for (const other of wrong) expect(parseKeptRoot(other), other).toBeUndefined();
});
