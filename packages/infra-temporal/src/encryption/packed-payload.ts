// A payload as one run of bytes: the length of its metadata, the metadata as JSON, the data.

import type { Payload } from '@temporalio/common';
import { z } from 'zod';

const LENGTH_BYTES = 4;
const metadataSchema = z.record(z.string(), z.base64());

export function packPayload({ metadata, data }: Payload): Buffer {
  const entries = Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(text.length);
  return Buffer.concat([length, text, data ?? new Uint8Array()]);
}

/** @throws where it is not what `packPayload` made. */
export function unpackPayload(bytes: Buffer): Payload {
  const end = LENGTH_BYTES + bytes.readUInt32BE();
  const parsed = metadataSchema.parse(JSON.parse(bytes.toString('utf8', LENGTH_BYTES, end)));
  const metadata = Object.fromEntries(
    Object.entries(parsed).map(([key, value]) => [key, new Uint8Array(Buffer.from(value, 'base64'))]),
  );
  return { metadata, data: new Uint8Array(bytes.subarray(end)) };
}
