// One connection between a client and a server that a test can spoil: a proxy of Toxiproxy with words for its toxics.

/** A link from a port of its own to a server. Faults hold until `mend`; several at once add up. */
export interface FaultyLink {
  readonly host: string;
  readonly port: number;
  /** The same URL with this link in place of its host and port. */
  through(url: string): string;
  /** Closes all connections and refuses new ones. */
  cut(): Promise<void>;
  /** Takes bytes and passes none on, either way; connections stay open. */
  swallow(): Promise<void>;
  /** Resets every connection once the server has answered something: the work is done, the answer is lost. */
  loseAnswers(): Promise<void>;
  /** Holds back what the server sends, by this many milliseconds give or take the jitter. */
  delay(milliseconds: number, jitterMilliseconds?: number): Promise<void>;
  /** Any other toxic, by its name and attributes; given again, it has the new attributes. */
  spoil(type: string, stream: 'upstream' | 'downstream', attributes: Readonly<Record<string, number>>): Promise<void>;
  /** Ends all faults of this link. */
  mend(): Promise<void>;
  /** Closes the link for good. */
  remove(): Promise<void>;
}

/**
 * Opens a link through the Toxiproxy at `api`.
 * @param server host and port, `127.0.0.1:5432`
 * @throws Error with the answer of Toxiproxy.
 */
export async function openLink(api: string, name: string, port: number, server: string): Promise<FaultyLink> {
  const host = '127.0.0.1';
  const path = `/proxies/${name}`;
  await call(api, 'POST', '/proxies', { name, listen: `${host}:${port}`, upstream: server, enabled: true });
  const toxics = new Set<string>();
  const spoil: FaultyLink['spoil'] = async (type, stream, attributes) => {
    const toxic = `${type}-${stream}`;
    const known = toxics.has(toxic) ? `/${toxic}` : '';
    await call(api, 'POST', `${path}/toxics${known}`, { name: toxic, type, stream, attributes });
    toxics.add(toxic);
  };
  return {
    host,
    port,
    through: (url) => Object.assign(new URL(url), { host: `${host}:${port}` }).href,
    cut: () => call(api, 'POST', path, { enabled: false }),
    swallow: async () => {
      await spoil('timeout', 'upstream', { timeout: 0 });
      await spoil('timeout', 'downstream', { timeout: 0 });
    },
    loseAnswers: () => spoil('reset_peer', 'downstream', { timeout: 0 }),
    delay: (latency, jitter = 0) => spoil('latency', 'downstream', { latency, jitter }),
    spoil,
    mend: async () => {
      for (const toxic of toxics) await call(api, 'DELETE', `${path}/toxics/${toxic}`);
      toxics.clear();
      await call(api, 'POST', path, { enabled: true });
    },
    remove: () => call(api, 'DELETE', path),
  };
}

async function call(api: string, method: string, path: string, body?: object): Promise<void> {
  const answer = await fetch(new URL(path, api), {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(5_000),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`Toxiproxy answered ${method} ${path} with ${answer.status}: ${text}`);
}
