// Encrypts whatever crosses Temporal, so that its server, its backups and its web interface hold ciphertext only:
// AES-256-GCM under the newest of the keys; what older ones encrypted is read for as long as they are kept.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { PortFailure } from '@paystrata/application';
import type { Payload, PayloadCodec } from '@temporalio/common';
import type { EncryptionKey } from './encryption-keys.ts';
import { packPayload, unpackPayload } from './packed-payload.ts';

const ENCODING = 'binary/paystrata-encrypted';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** @param keys the first one encrypts. */
export function createEncryptionCodec(keys: readonly [EncryptionKey, ...EncryptionKey[]]): PayloadCodec {
  const byId = new Map(keys.map((key) => [key.id, key]));
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, keys[0])),
    decode: async (payloads) => payloads.map((payload) => (isEncrypted(payload) ? decrypt(payload, byId) : payload)),
  };
}

function encrypt(payload: Payload, { id, secret }: EncryptionKey): Payload {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', secret, nonce);
  cipher.setAAD(Buffer.from(id));
  const data = Buffer.concat([nonce, cipher.update(packPayload(payload)), cipher.final(), cipher.getAuthTag()]);
  return { metadata: { encoding: Buffer.from(ENCODING), 'key-id': Buffer.from(id) }, data };
}

function decrypt({ metadata, data }: Payload, keys: ReadonlyMap<string, EncryptionKey>): Payload {
  const id = textOf(metadata?.['key-id']);
  const key = keys.get(id);
  if (key === undefined) throw unreadable(id, 'it is not among the keys: give the file of keys that has it');
  const bytes = Buffer.from(data ?? []);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.secret, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(Buffer.from(id));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return unpackPayload(Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]));
  } catch (cause) {
    throw unreadable(id, 'what was encrypted was changed, or the key is another one of that name', cause);
  }
}

/** What was written before there were keys is read as it is. */
function isEncrypted({ metadata }: Payload): boolean {
  return textOf(metadata?.['encoding']) === ENCODING;
}

function textOf(bytes: Uint8Array | null | undefined): string {
  return Buffer.from(bytes ?? []).toString('utf8');
}

function unreadable(id: string, why: string, cause?: unknown): PortFailure {
  return new PortFailure('STORE_DAMAGED', `what Temporal holds under the encryption key ${id} cannot be read: ${why}`, {
    cause,
  });
}
