// The stored form of events, held against golden files that stay for ever: one a type and version.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { paymentEventTypes } from '@paystrata/domain';
import { describe, expect, it } from 'vitest';
import { schemaVersionOf } from './schema-versions.ts';
import { decodeEvent } from './stored-event.ts';
import { encodeEvent } from './stored-event-encoding.ts';
import { sampleEvent } from './testing/sample-events.ts';

const folder = join(import.meta.dirname, 'golden');

/** The very text that is stored; only the line's end is the file's own. */
function golden(name: string): string {
  return readFileSync(join(folder, name), 'utf8').trimEnd();
}

describe.each(paymentEventTypes)('%s', (type) => {
  const name = `${type}.v${schemaVersionOf(type)}.json`;

  it('is written exactly as its golden file', () => {
    expect(encodeEvent(sampleEvent(type))).toBe(golden(name));
  });

  it('is read back as it was', () => {
    expect(decodeEvent(golden(name), 7)).toEqual({ ...sampleEvent(type), position: 7 });
  });
});

it('has golden files of every version of every type, and all of them are still read', () => {
  const names = readdirSync(folder).sort();
  const expected = paymentEventTypes.flatMap((type) =>
    Array.from({ length: schemaVersionOf(type) }, (_, index) => `${type}.v${index + 1}.json`),
  );
  expect(names).toEqual(expected.sort());
  for (const name of names) {
    const event = decodeEvent(golden(name), 1);
    expect(name).toContain(event.type);
    expect(event.schemaVersion).toBe(schemaVersionOf(event.type));
  }
});
