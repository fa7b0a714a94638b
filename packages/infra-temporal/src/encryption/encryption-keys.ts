// The keys that encrypt what Temporal holds, in a file that the operator makes and keeps: without it no payment can be
// read. One key a line, `name base64`, the newest first.

import { readFile } from 'node:fs/promises';
import { PortFailure } from '@paystrata/application';

export interface EncryptionKey {
  /** Is written beside what it encrypts. */
  readonly id: string;
  readonly secret: Uint8Array;
}

const SECRET_BYTES = 32;
const line = /^([\w.-]{1,64})\s+([A-Za-z0-9+/]+=*)$/;

/** @throws PortFailure `CONFIG_INVALID` that names the line, never the key. */
export async function readEncryptionKeys(path: string): Promise<readonly [EncryptionKey, ...EncryptionKey[]]> {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw invalid(path, 'it cannot be read', cause);
  });
  const lines = text.split(/\r?\n/).map((each, index) => ({ text: each.trim(), number: index + 1 }));
  const keys = lines
    .filter((each) => each.text !== '' && !each.text.startsWith('#'))
    .map((each) => keyOf(path, each.text, each.number));
  const [newest, ...older] = keys;
  if (newest === undefined) throw invalid(path, 'it holds no key');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw invalid(path, 'two keys have the same name');
  return [newest, ...older];
}

function keyOf(path: string, text: string, number: number): EncryptionKey {
  const [, id, encoded = ''] = line.exec(text) ?? [];
  const secret = Buffer.from(encoded, 'base64');
  if (id === undefined || secret.length !== SECRET_BYTES) {
    throw invalid(path, `line ${number} is not a name and ${SECRET_BYTES} bytes in base64`);
  }
  return { id, secret: new Uint8Array(secret) };
}

function invalid(path: string, why: string, cause?: unknown): PortFailure {
  return new PortFailure(
    'CONFIG_INVALID',
    `the file of encryption keys ${path}: ${why}. Each line is a name and a key, the newest first; ` +
      'openssl rand -base64 32 makes a key',
    { cause },
  );
}
