// What a connection is told about TLS and keys, and what is wrong where TLS does not come about.

import { readFile } from 'node:fs/promises';
import { connect } from 'node:tls';
import { PortFailure } from '@paystrata/application';
import type { TemporalOptions } from '../strategy/options.ts';

/** What both kinds of connection, the client's and the worker's, are told. @throws PortFailure `CONFIG_INVALID` */
export async function connectionOptions({ address, apiKey, ...tls }: TemporalOptions) {
  const { tlsServerName } = tls;
  const { ca, crt, key } = await filesOf(tls);
  const config = {
    ...(ca !== undefined && { serverRootCACertificate: ca }),
    ...(crt !== undefined && key !== undefined && { clientCertPair: { crt, key } }),
    ...(tlsServerName !== null && { serverNameOverride: tlsServerName }),
  };
  return { address, ...(isSecured({ ...tls, apiKey }) && { tls: config }), ...(apiKey !== null && { apiKey }) };
}

/** Why no connection with TLS comes about; null where TLS is not asked for, or is not what is wrong. */
export async function tlsProblem(options: TemporalOptions): Promise<string | null> {
  if (!isSecured(options)) return null;
  const { address, tlsServerName, connectTimeoutMs } = options;
  const { ca, crt, key } = await filesOf(options);
  const [, host = '', port = ''] = /^(.*):(\d+)$/.exec(address) ?? [];
  const files = { ...(ca && { ca }), ...(crt && key && { cert: crt, key }) };
  return new Promise((resolve) => {
    const servername = tlsServerName ?? host;
    const socket = connect({ host, port: Number(port), servername, ALPNProtocols: ['h2'], ...files });
    const end = (problem: string | null) => {
      socket.destroy();
      resolve(problem);
    };
    socket.setTimeout(connectTimeoutMs, () => end(null));
    socket.once('error', (error: NodeJS.ErrnoException) => end(isOfSocket(error) ? null : error.message));
    // A server that wants a certificate of the client says so after the handshake.
    socket.once('secureConnect', () => setTimeout(() => end(null), 100));
  });
}

type Tls = Pick<TemporalOptions, 'apiKey' | 'tlsEnabled' | 'tlsCaFile' | 'tlsCertFile' | 'tlsKeyFile'>;

/** Whoever names a certificate or a key wants TLS. */
function isSecured({ apiKey, tlsEnabled, tlsCaFile, tlsCertFile }: Tls): boolean {
  return tlsEnabled || apiKey !== null || tlsCaFile !== null || tlsCertFile !== null;
}

async function filesOf({ tlsCaFile, tlsCertFile, tlsKeyFile }: Omit<Tls, 'apiKey'>) {
  if ((tlsCertFile === null) !== (tlsKeyFile === null)) {
    throw new PortFailure('CONFIG_INVALID', 'temporal.tlsCertFile and temporal.tlsKeyFile belong together: give both');
  }
  const [ca, crt, key] = await Promise.all([
    contentOf('tlsCaFile', tlsCaFile),
    contentOf('tlsCertFile', tlsCertFile),
    contentOf('tlsKeyFile', tlsKeyFile),
  ]);
  return { ca, crt, key };
}

async function contentOf(name: string, path: string | null): Promise<Buffer | undefined> {
  if (path === null) return undefined;
  return readFile(path).catch((cause: unknown) => {
    throw new PortFailure('CONFIG_INVALID', `temporal.${name} is ${path}, which cannot be read: name a PEM file`, {
      cause,
    });
  });
}

/** Nobody listens, or nobody answers: that says nothing of TLS. */
function isOfSocket({ code = '' }: NodeJS.ErrnoException): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EAI_AGAIN'].includes(code);
}
