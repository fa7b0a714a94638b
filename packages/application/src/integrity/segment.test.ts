// Segments read back what was put in, and no damage goes unnoticed.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sha256 } from './merkle-tree.ts';
import { openSegment, packSegment, type ArchivedText } from './segment.ts';

const name = 'segment 7 (positions 3 to 40)';
const events: readonly ArchivedText[] = [
  { position: 3, text: '{"type":"PaymentCreated","personal":"sealed"}' },
  { position: 4, text: '{"type":"PaymentUpdated","description":"Grüße, 世界 🌍"}' },
  { position: 17, text: '' },
  { position: 40, text: '{"type":"PaymentDeleted"}' },
];
const damaged = { code: 'STORE_DAMAGED', message: expect.stringContaining(name) as string };

it('reads back every text at its position, and no other', async () => {
  const segment = await openSegment(await packSegment(events), name);
  expect(segment).toMatchObject({ first: 3, last: 40, count: 4 });
  for (const { position, text } of events) expect(segment.textAt(position)).toBe(text);
  for (const position of [0, 1, 2, 5, 16, 18, 39, 41, 2 ** 52]) expect(segment.textAt(position)).toBeUndefined();
});

it('reads back whatever texts and positions there are', async () => {
  const arbitrary = fc
    .uniqueArray(fc.record({ position: fc.maxSafeNat().filter((n) => n > 0), text: fc.string({ unit: 'binary' }) }), {
      minLength: 1,
      selector: ({ position }) => position,
    })
    .map((list) => list.toSorted((a, b) => a.position - b.position));
  await fc.assert(
    fc.asyncProperty(arbitrary, async (list) => {
      const segment = await openSegment(await packSegment(list), name);
      expect(list.map(({ position }) => segment.textAt(position))).toEqual(list.map(({ text }) => text));
    }),
    { numRuns: 20 },
  );
});

it('finds a cut at every byte', async () => {
  const bytes = await packSegment(events);
  for (let length = 0; length < bytes.length; length++) {
    await expect(openSegment(bytes.subarray(0, length), name), `${length} bytes`).rejects.toMatchObject(damaged);
  }
  await expect(openSegment(Buffer.concat([bytes, Buffer.of(0)]), name)).rejects.toMatchObject(damaged);
});

it('finds a flip of every bit', async () => {
  const bytes = await packSegment(events);
  for (const [index, byte] of bytes.entries()) {
    for (let bit = 1; bit < 256; bit *= 2) {
      const flipped = Buffer.from(bytes);
      flipped[index] = byte ^ bit;
      await expect(openSegment(flipped, name), `bit ${bit} of byte ${index}`).rejects.toMatchObject(damaged);
    }
  }
});

/** The segment with something changed and the checksum made right again, as a bug or an attacker might. */
async function resealed(change: (body: Buffer) => void): Promise<Buffer> {
  const body = Buffer.from((await packSegment(events)).subarray(0, -32));
  change(body);
  return Buffer.concat([body, sha256(body)]);
}

it.each([
  ['no segment', (body: Buffer) => void body.writeUInt8(0, 0)],
  ['another number of events', (body: Buffer) => void body.writeUInt32BE(5, 12)],
  ['fewer events', (body: Buffer) => void body.writeUInt32BE(3, 12)],
  ['more events than contents', (body: Buffer) => void body.writeUInt32BE(2 ** 32 - 1, 12)],
  ['another first position', (body: Buffer) => void body.writeBigUInt64BE(2n, 16)],
  ['another last position', (body: Buffer) => void body.writeBigUInt64BE(41n, 24)],
  ['longer contents', (body: Buffer) => void body.writeUInt32BE(2 ** 31, 32)],
  ['shorter contents', (body: Buffer) => void body.writeUInt32BE(9, 32)],
  ['another compressed length', (body: Buffer) => void body.writeUInt32BE(9, 36)],
])('finds %s behind a right checksum', async (_, change) => {
  await expect(openSegment(await resealed(change), name)).rejects.toMatchObject(damaged);
});

it('refuses the format of a newer release', async () => {
  const newer = await resealed((body) => void body.writeUInt16BE(2, 8));
  await expect(openSegment(newer, name)).rejects.toMatchObject({ code: 'SCHEMA_TOO_NEW' });
});

it('has a root that stands for positions and texts', async () => {
  const rootOf = async (list: readonly ArchivedText[]) => (await openSegment(await packSegment(list), name)).root();
  const root = await rootOf(events);
  expect(await rootOf(events)).toEqual(root);
  expect(await rootOf(events.with(1, { position: 5, text: events[1]?.text ?? '' }))).not.toEqual(root);
  expect(await rootOf(events.with(2, { position: 17, text: 'x' }))).not.toEqual(root);
});

it('is not made of nothing, nor out of order', async () => {
  await expect(packSegment([])).rejects.toThrow('at least one event');
  await expect(packSegment(events.toReversed())).rejects.toThrow('position 17 comes after 40');
});
