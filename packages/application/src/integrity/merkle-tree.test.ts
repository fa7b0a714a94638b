// Roots are those that the definition of RFC 6962 gives, and those that others have published.
import { expect, it } from 'vitest';
import { MerkleTree, sha256 } from './merkle-tree.ts';

function rootOf(leaves: readonly Uint8Array[]): string {
  const tree = new MerkleTree();
  for (const leaf of leaves) tree.add(leaf);
  return hex(tree.root());
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

/** MTH of RFC 6962, word for word: the list is cut at the largest power of two below its length. */
function defined(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256();
  if (leaves.length === 1) return sha256(Buffer.of(0), only);
  let half = 1;
  while (2 * half < leaves.length) half *= 2;
  return sha256(Buffer.of(1), defined(leaves.slice(0, half)), defined(leaves.slice(half)));
}

/** The leaves and roots of the reference implementation of Certificate Transparency. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

it('has the published roots', () => {
  const leaves = inputs.map((text) => Buffer.from(text, 'hex'));
  for (const [index, root] of roots.entries()) expect(rootOf(leaves.slice(0, index + 1))).toBe(root);
});

it('has the root that is defined, for every number of leaves', () => {
  const leaves: Uint8Array[] = [];
  for (let count = 0; count <= 130; count++) {
    expect(rootOf(leaves), `${count} leaves`).toBe(hex(defined(leaves)));
    leaves.push(Buffer.from(`leaf ${count}`));
  }
});

it('tells a leaf from a node, and one order from another', () => {
  const [a, b] = [Buffer.from('a'), Buffer.from('b')];
  expect(rootOf([a, b])).not.toBe(rootOf([b, a]));
  const pair = Buffer.concat([sha256(Buffer.of(0), a), sha256(Buffer.of(0), b)]);
  expect(rootOf([pair])).not.toBe(rootOf([a, b]));
});
