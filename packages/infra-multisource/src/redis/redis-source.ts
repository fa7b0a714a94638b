// Redis beside SQL: single payments by id. It may forget any of them at any time, and never shows an older one.

import { hash } from 'node:crypto';
import {
  parseOrganizationId,
  parsePaymentId,
  PortFailure,
  silentLogger,
  type Logger,
  type PaymentKey,
} from '@paystrata/application';
import type { OrganizationId } from '@paystrata/domain';
import { z } from 'zod';
import { decodeDocument } from '../ports/document-text.ts';
import type { KeyRange, PaymentSource, SourceBatch, SourceDocument, SourceEntry } from '../ports/source.ts';
import { createRedisConnection, type RedisConnection } from './redis-connection.ts';
import { runsOf } from './document-runs.ts';
import { HEAD_LENGTH, headOf, putScript, valueOf, type Script } from './redis-scripts.ts';

export interface RedisSourceOptions {
  /** `redis://` or `rediss://`, with the credentials where there are any. */
  readonly url: string;
  /** What all keys begin with. Default `paystrata`. */
  readonly prefix?: string;
  /** Seconds after which a payment that did not change is forgotten; null: when Redis needs the room. Default null. */
  readonly ttlSeconds?: number | null;
  /** Of a question. Default 250 ms. */
  readonly timeoutMs?: number;
  readonly logger?: Logger;
}

/** Keys that are looked through, or taken away, at a time. */
const SCANNED = 1000;
/** A write waits longer than a question before the connection is given up. */
const PATIENCE_MS = 2000;

/** Answers `get` for what it knows; for a payment that it does not know it cannot tell. */
export function createRedisSource(options: RedisSourceOptions): PaymentSource {
  return new RedisSource(options);
}

class RedisSource implements PaymentSource {
  readonly name = 'redis';
  readonly isShared = true;
  readonly isComplete = false;
  readonly archive = null;
  readonly timeoutMs: number;
  readonly queries: PaymentSource['queries'];
  readonly #connection: RedisConnection;
  readonly #prefix: string;
  readonly #ttl: string;
  /** With the epoch of the log; empty before it is opened. */
  #keys = '';

  constructor({ url, prefix = 'paystrata', ttlSeconds = null, timeoutMs = 250, logger }: RedisSourceOptions) {
    this.timeoutMs = timeoutMs;
    this.#prefix = prefix;
    this.#ttl = ((ttlSeconds ?? 0) * 1000).toString();
    this.#connection = createRedisConnection(url, Math.max(timeoutMs, PATIENCE_MS), logger ?? silentLogger);
    this.queries = {
      get: async ({ paymentId }, { organizationId }) => this.#get({ organizationId, paymentId }),
    };
  }

  async open(epoch: string): Promise<void> {
    this.#keys = `${this.#prefix}:${hash('sha256', epoch, 'hex').slice(0, 12)}`;
    await this.#connection.open();
  }

  async close(): Promise<void> {
    this.#connection.close();
  }

  async held(): Promise<number | null> {
    return positionIn(await this.#send('GET', this.#heldKey));
  }

  async apply({ from, to, documents }: SourceBatch): Promise<number | null> {
    const runs = runsOf(documents);
    const last = runs.pop() ?? [];
    const held = await Promise.all(runs.map((some) => this.#put(some, to, null)));
    // With the last of them, and only once all others are there.
    return held.includes(null) ? null : this.#put(last, to, { from, to });
  }

  async put(documents: readonly SourceDocument[], asOf?: number): Promise<void> {
    const byPosition = Map.groupBy(documents, ({ document }) => asOf ?? document.position);
    const runs = [...byPosition].flatMap(([position, some]) =>
      runsOf(some).map((run) => this.#put(run, position, null)),
    );
    if ((await Promise.all(runs)).includes(null)) {
      throw new PortFailure('STORE_UNAVAILABLE', 'Redis has forgotten everything: it is filled anew');
    }
  }

  async remove(keys: readonly PaymentKey[]): Promise<void> {
    await Promise.all(
      keys.flatMap((key) => [
        this.#send('UNLINK', this.#documentKey(key)),
        this.#send('ZREM', this.#idsKey(key.organizationId), key.paymentId),
      ]),
    );
  }

  async clear(): Promise<void> {
    // First of all, so that nobody is answered from what is left.
    await this.#send('UNLINK', this.#heldKey);
    for (let cursor = '0'; ;) {
      const reply = await this.#send('SCAN', cursor, 'MATCH', `${escaped(this.#prefix)}:*`, 'COUNT', String(SCANNED));
      const [next, keys] = readAs(scanSchema, reply);
      if (keys.length > 0) await this.#send('UNLINK', ...keys);
      if (next === '0') break;
      cursor = next;
    }
    await this.#send('SET', this.#heldKey, '0');
  }

  async organizations(): Promise<readonly OrganizationId[]> {
    const names = readAs(textsSchema, await this.#send('SMEMBERS', this.#organizationsKey));
    return names.map((name) => parseOrganizationId(name)).filter((name) => name !== undefined);
  }

  async digest(range: KeyRange) {
    const entries = await this.entries(range, Number.MAX_SAFE_INTEGER);
    return { count: entries.length, sum: entries.reduce((sum, { fingerprint }) => sum + fingerprint, 0) };
  }

  async entries({ organizationId, from, to }: KeyRange, limit: number): Promise<readonly SourceEntry[]> {
    const entries: SourceEntry[] = [];
    const last = to === null ? '+' : `(${to}`;
    for (let first = from === null ? '-' : `[${from}`; entries.length < limit;) {
      const size = Math.min(SCANNED, limit - entries.length);
      const command = ['ZRANGE', this.#idsKey(organizationId), first, last, 'BYLEX', 'LIMIT', '0', String(size)];
      const ids = readAs(textsSchema, await this.#send(...command));
      entries.push(...(await this.#entriesOf(organizationId, ids)));
      if (ids.length < size) return entries;
      first = `(${ids.at(-1) ?? ''}`;
    }
    return entries;
  }

  /** Ids whose payments were forgotten are forgotten as well. */
  async #entriesOf(organizationId: OrganizationId, ids: readonly string[]): Promise<readonly SourceEntry[]> {
    const entries: SourceEntry[] = [];
    const heads = await Promise.all(
      ids.map(async (id) => {
        const key = this.#documentKey({ organizationId, paymentId: id });
        return readAs(z.string(), await this.#send('GETRANGE', key, '0', String(HEAD_LENGTH - 1)));
      }),
    );
    const gone = ids.filter((_, index) => heads[index] === '');
    if (gone.length > 0) await this.#send('ZREM', this.#idsKey(organizationId), ...gone);
    for (const [index, id] of ids.entries()) {
      const paymentId = parsePaymentId(id);
      const head = heads[index] ?? '';
      if (paymentId !== undefined && head !== '') entries.push({ paymentId, ...headOf(head) });
    }
    return entries;
  }

  async #get(key: PaymentKey) {
    // In one step: the document is at least as new as the position.
    const reply = await this.#send('MGET', this.#heldKey, this.#documentKey(key));
    const [held, value] = readAs(pairSchema, reply);
    const position = positionIn(held);
    if (position === null || value === null) return null;
    const document = decodeDocument(value.slice(HEAD_LENGTH));
    return document && { answer: document, position };
  }

  /** @returns the position held after it; null where everything was forgotten, and nothing is put. */
  async #put(
    documents: readonly SourceDocument[],
    asOf: number,
    move: { readonly from: number; readonly to: number } | null,
  ): Promise<number | null> {
    const organizations = [...Map.groupBy(documents, ({ organizationId }) => organizationId)];
    const inOrder = organizations.flatMap(([, theirs]) => theirs);
    const keys = [
      ...[this.#heldKey, this.#organizationsKey],
      ...inOrder.map((document) => this.#documentKey(document)),
      ...organizations.map(([name]) => this.#idsKey(name)),
    ];
    const parameters = [
      ...[asOf.toString(), this.#ttl, move?.from.toString() ?? '', move?.to.toString() ?? ''],
      ...[inOrder.length.toString(), ...inOrder.map(valueOf)],
      ...organizations.flatMap(([name, theirs]) => [name, theirs.length.toString(), this.#idBegins(name)]),
    ];
    return positionIn(await this.#run(putScript, keys, parameters));
  }

  async #run({ sha, text }: Script, keys: readonly string[], parameters: readonly string[]): Promise<unknown> {
    const rest = [keys.length.toString(), ...keys, ...parameters];
    try {
      return await this.#send('EVALSHA', sha, ...rest);
    } catch (error) {
      if (!(error instanceof PortFailure) || !error.message.includes('NOSCRIPT')) throw error;
      return this.#send('EVAL', text, ...rest);
    }
  }

  async #send(...command: readonly string[]): Promise<unknown> {
    if (this.#keys === '') throw new PortFailure('STORE_UNAVAILABLE', 'Redis is not opened yet');
    return this.#connection.send(command);
  }

  get #heldKey(): string {
    return `${this.#keys}:held`;
  }

  get #organizationsKey(): string {
    return `${this.#keys}:organizations`;
  }

  #idsKey(organizationId: string): string {
    return `${this.#keys}:ids:${organizationId}`;
  }

  /** In the keys of its documents: the number of the id's first byte, from 1. All of them are ASCII but the prefix. */
  #idBegins(organizationId: string): string {
    return (Buffer.byteLength(this.#documentKey({ organizationId, paymentId: '' })) + 1).toString();
  }

  #documentKey({ organizationId, paymentId }: { readonly organizationId: string; readonly paymentId: string }): string {
    return `${this.#keys}:payment:${organizationId}/${paymentId}`;
  }
}

const textsSchema = z.array(z.string());
const scanSchema = z.tuple([z.string(), textsSchema]);
const pairSchema = z.tuple([z.string().nullable(), z.string().nullable()]);

function readAs<Reply>(schema: z.ZodType<Reply>, reply: unknown): Reply {
  const parsed = schema.safeParse(reply);
  if (parsed.success) return parsed.data;
  throw new PortFailure('STORE_UNAVAILABLE', 'Redis gave an answer that is none', { cause: parsed.error });
}

function positionIn(reply: unknown): number | null {
  if (reply === null || reply === undefined) return null;
  const digits = readAs(z.string().regex(/^\d{1,16}$/), reply);
  return Number(digits);
}

/** A text as a pattern of keys that matches it alone. */
function escaped(text: string): string {
  return text.replaceAll(/[[\]*?\\^-]/g, (character) => `\\${character}`);
}
