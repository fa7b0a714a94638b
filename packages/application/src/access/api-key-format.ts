// How an API key looks: `psk_<id>_<secret><checksum>`, so that leaks are found by their shape and typing errors at once.

import { hash, randomInt } from 'node:crypto';

const PREFIX = 'psk';
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
/** 59 bits: enough to name a key. */
const ID_LENGTH = 10;
/** 190 bits. */
const SECRET_LENGTH = 32;
const CHECKSUM_LENGTH = 6;

const pattern = new RegExp(
  `^(${PREFIX}_([0-9A-Za-z]{${ID_LENGTH}})_([0-9A-Za-z]{${SECRET_LENGTH}}))([0-9a-f]{${CHECKSUM_LENGTH}})$`,
);

/** A key taken apart. */
export interface ApiKeyParts {
  /** Names the key; not secret. */
  readonly id: string;
  readonly secret: string;
}

/** Random letters and digits from the operating system's generator. */
export function newApiKeyParts(): ApiKeyParts {
  return { id: randomText(ID_LENGTH), secret: randomText(SECRET_LENGTH) };
}

export function formatApiKey({ id, secret }: ApiKeyParts): string {
  const stem = `${PREFIX}_${id}_${secret}`;
  return stem + checksumOf(stem);
}

/** @returns undefined where the text is no key of ours, or was mistyped. */
export function parseApiKey(text: string): ApiKeyParts | undefined {
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [, stem = '', id = '', secret = '', checksum = ''] = match;
  return checksumOf(stem) === checksum ? { id, secret } : undefined;
}

/** What is stored in the place of the secret: SHA-256, hexadecimal. A secret of 190 random bits needs no slow hash. */
export function hashOfSecret(secret: string): string {
  return hash('sha256', secret, 'hex');
}

/** Finds typing errors; it guards nothing. */
function checksumOf(stem: string): string {
  return hash('sha256', stem, 'hex').slice(0, CHECKSUM_LENGTH);
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphabet.charAt(randomInt(alphabet.length))).join('');
}
