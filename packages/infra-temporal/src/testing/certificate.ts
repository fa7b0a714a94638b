// Certificates for tests: an authority, and whom it vouches for. RFC 5280, DER by hand, because Node makes none.

import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

export interface TestCertificate {
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface TestAuthority {
  /** PEM. */
  readonly cert: string;
  /** For the host name, from yesterday until tomorrow. */
  issue(host: string): TestCertificate;
}

export function createAuthority(): TestAuthority {
  const name = `authority ${randomBytes(4).toString('hex')}`;
  const own = newKeys();
  const issuer = { name, key: own.privateKey };
  return {
    cert: certificate({ issuer, subject: name, publicKey: own.publicKey, extension: isAuthority }),
    issue: (host) => {
      const { publicKey, privateKey } = newKeys();
      return {
        cert: certificate({ issuer, subject: host, publicKey, extension: namesHost(host) }),
        key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      };
    },
  };
}

interface Facts {
  readonly issuer: { readonly name: string; readonly key: KeyObject };
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly extension: Buffer;
}

function certificate({ issuer, subject, publicKey, extension }: Facts): string {
  const day = 86_400_000;
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    ecdsaWithSha256,
    nameOf(issuer.name),
    sequence(time(Date.now() - day), time(Date.now() + day)),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  );
  const signature = sign('sha256', body, { key: issuer.key, dsaEncoding: 'der' });
  const whole = sequence(body, ecdsaWithSha256, der(0x03, Buffer.concat([Buffer.from([0]), signature])));
  const lines = whole.toString('base64').replaceAll(/(.{64})/g, '$1\n');
  return `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`;
}

function newKeys() {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' });
}

const objectId = (hex: string) => der(0x06, Buffer.from(hex, 'hex'));
const sequence = (...parts: readonly Buffer[]) => der(0x30, Buffer.concat(parts));
const set = (part: Buffer) => der(0x31, part);
const ecdsaWithSha256 = sequence(objectId('2a8648ce3d040302'));
const nameOf = (text: string) => sequence(set(sequence(objectId('550403'), der(0x0c, Buffer.from(text)))));
/** Basic constraints, critical: CA. */
const isAuthority = sequence(
  objectId('551d13'),
  der(0x01, Buffer.from([0xff])),
  der(0x04, sequence(der(0x01, Buffer.from([0xff])))),
);

/** Subject alternative name. */
function namesHost(host: string): Buffer {
  return sequence(objectId('551d11'), der(0x04, sequence(der(0x82, Buffer.from(host)))));
}

function time(milliseconds: number): Buffer {
  const digits = new Date(milliseconds).toISOString().replaceAll(/\D/g, '').slice(2, 14);
  return der(0x17, Buffer.from(`${digits}Z`));
}

function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  if (length < 0x80) return Buffer.concat([Buffer.from([tag, length]), content]);
  const bytes = length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
