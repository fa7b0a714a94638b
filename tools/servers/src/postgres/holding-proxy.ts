// A link to PostgreSQL that makes a held-open transaction of chosen statements: it begins one before, waits a while
// after, and then commits – or rolls back and cuts the connection, as a client that died would leave it.

import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { WireMessages, letterOf, queryMessage, readyOutside } from './wire-messages.ts';

/** Committed; rolled back and the connection cut; or committed and the connection cut: the answer is lost. */
type HeldEnd = 'commit' | 'rollback' | 'lose-answer';

export interface HoldingOptions {
  /** Asked for every statement in whose text or parameters this stands. */
  readonly trigger: string;
  /** How to treat one: milliseconds to hold it open, and what becomes of it. */
  readonly plan: () => { readonly holdMs: number; readonly end: HeldEnd };
}

export interface HoldingProxy {
  /** The URL that was given, through the proxy. */
  readonly url: string;
  /** Transactions so far, by their end. */
  readonly counts: Readonly<Record<HeldEnd, number>>;
  stop(): Promise<void>;
}

export async function startHoldingProxy(url: string, options: HoldingOptions): Promise<HoldingProxy> {
  const target = new URL(url);
  const links = new Set<HeldLink>();
  const counts: Record<HeldEnd, number> = { commit: 0, rollback: 0, 'lose-answer': 0 };
  const server = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname);
    const link = new HeldLink(client, upstream, options, (end) => counts[end]++);
    links.add(link);
    client.once('close', () => links.delete(link));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href,
    counts,
    stop: async () => {
      for (const link of links) link.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What to do with what the server says: hand it on, or keep it until it is ready for the next query. */
type Answering = { readonly kept: Buffer[]; readonly ready: () => void } | null;

class HeldLink {
  readonly #client: Socket;
  readonly #upstream: Socket;
  readonly #options: HoldingOptions;
  readonly #onEnd: (end: HeldEnd) => void;
  #answering: Answering = null;
  /** Messages of a statement that is not complete yet. */
  #statement: Buffer[] = [];
  #turn: Promise<void> = Promise.resolve();

  constructor(client: Socket, upstream: Socket, options: HoldingOptions, onEnd: (end: HeldEnd) => void) {
    this.#client = client;
    this.#upstream = upstream;
    this.#options = options;
    this.#onEnd = onEnd;
    const [asked, answered] = [new WireMessages('client'), new WireMessages('server')];
    let greeted = false;
    client.on('data', (data) => {
      for (const message of asked.take(data)) {
        this.#fromClient(message, greeted);
        greeted = true;
      }
    });
    upstream.on('data', (data) => {
      for (const message of answered.take(data)) this.#fromServer(message);
    });
    for (const socket of [client, upstream]) {
      socket.on('error', () => this.destroy());
      socket.on('close', () => this.destroy());
    }
  }

  destroy(): void {
    this.#client.destroy();
    this.#upstream.destroy();
  }

  #fromClient(message: Buffer, hasLetter: boolean): void {
    this.#statement.push(message);
    // Parts of a statement in the extended protocol come before the Sync that ends it.
    if (hasLetter && 'PBDECH'.includes(letterOf(message))) return;
    const statement = Buffer.concat(this.#statement);
    this.#statement = [];
    this.#turn = this.#turn.then(() => this.#forward(statement));
  }

  async #forward(statement: Buffer): Promise<void> {
    if (statement.includes(this.#options.trigger)) await this.#hold(statement);
    else this.#upstream.write(statement);
  }

  async #hold(statement: Buffer): Promise<void> {
    const { holdMs, end } = this.#options.plan();
    await this.#ask(queryMessage('begin'));
    const answer = await this.#ask(statement);
    await delay(holdMs);
    await this.#ask(queryMessage(end === 'rollback' ? 'rollback' : 'commit'));
    if (this.#client.destroyed) return;
    this.#onEnd(end);
    if (end !== 'commit') this.destroy();
    else this.#client.write(Buffer.concat([...answer.slice(0, -1), readyOutside]));
  }

  /** Resolves with all that the server says to it; never, where the connection is lost. */
  #ask(message: Buffer): Promise<readonly Buffer[]> {
    return new Promise((resolve) => {
      const kept: Buffer[] = [];
      this.#answering = { kept, ready: () => resolve(kept) };
      this.#upstream.write(message);
    });
  }

  #fromServer(message: Buffer): void {
    const answering = this.#answering;
    if (answering === null) {
      this.#client.write(message);
      return;
    }
    answering.kept.push(message);
    if (letterOf(message) !== 'Z') return;
    this.#answering = null;
    answering.ready();
  }
}
