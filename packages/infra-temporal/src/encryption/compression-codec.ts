// Makes large payloads smaller: a server refuses one of more than two megabytes, and a payment with a long life, handed
// from one run of its workflow to the next, comes near that.

import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { packPayload, unpackPayload } from './packed-payload.ts';

const ENCODING = 'binary/paystrata-deflated';
/** Below, it costs more than it saves. */
const LARGE = 16_384;
/** What is written is refused by the server long before; what is read must not fill the memory. */
const MAX_INFLATED = 64 * 1024 * 1024;

const deflate = promisify(deflateRaw);
const inflate = promisify<Uint8Array, { readonly maxOutputLength: number }, Buffer>(inflateRaw);

export const compressionCodec: PayloadCodec = {
  encode: (payloads) => Promise.all(payloads.map(compress)),
  decode: (payloads) => Promise.all(payloads.map(decompress)),
};

async function compress(payload: Payload): Promise<Payload> {
  if ((payload.data?.length ?? 0) < LARGE) return payload;
  return { metadata: { encoding: Buffer.from(ENCODING) }, data: await deflate(packPayload(payload), { level: 1 }) };
}

async function decompress(payload: Payload): Promise<Payload> {
  const { metadata, data } = payload;
  if (Buffer.from(metadata?.['encoding'] ?? []).toString() !== ENCODING) return payload;
  return unpackPayload(await inflate(data ?? new Uint8Array(), { maxOutputLength: MAX_INFLATED }));
}
