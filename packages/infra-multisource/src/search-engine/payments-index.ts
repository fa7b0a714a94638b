// The index of payments behind its alias: found, checked, made anew. What another hand made of it is refused.

import { hash, randomBytes } from 'node:crypto';
import { canonicalJson, PortFailure } from '@paystrata/application';
import { z } from 'zod';
import { INDEX_FORMAT, paymentMapping } from './payment-mapping.ts';
import { readReply, type SearchClient } from './search-client.ts';

export interface PaymentsIndexOptions {
  readonly client: SearchClient;
  /** What the names of all indexes begin with. */
  readonly prefix: string;
  readonly shards: number;
  readonly epoch: string;
}

/**
 * One alias for an epoch of the log and a format of the index, so that processes of two releases do not disturb each
 * other. Behind it is one index, which has another name each time that it is made anew: a name never means other contents.
 */
export class PaymentsIndex {
  readonly alias: string;
  readonly #client: SearchClient;
  readonly #family: string;
  readonly #shards: number;
  readonly #epoch: string;
  readonly #checked = new Set<string>();
  #isServerKnown = false;

  constructor({ client, prefix, shards, epoch }: PaymentsIndexOptions) {
    this.#client = client;
    this.#shards = shards;
    this.#epoch = hash('sha256', epoch, 'hex').slice(0, 12);
    this.#family = `${prefix}-payments-v`;
    this.alias = `${this.#family}${INDEX_FORMAT}-${this.#epoch}`;
  }

  /** The index behind the alias, checked; null where there is none. @throws PortFailure `CONFIG_INVALID` */
  async current(): Promise<string | null> {
    await this.#requireKnownServer();
    const [index = null, ...others] = await this.#behindAlias();
    // Two processes began at the same moment: what the losers hold is lost with the position that they hold.
    if (others.length > 0) await this.#delete(others);
    if (index !== null && !this.#checked.has(index)) {
      await this.#requireOurMapping(index);
      this.#checked.add(index);
    }
    return index;
  }

  /** An empty index takes the place of the one there is, in one step; what is older, or of other epochs, goes. */
  async replace(): Promise<string> {
    const { index } = await this.create();
    await this.adopt(index);
    return index;
  }

  /** An empty index beside the one there is; it has an alias of its own until it is adopted. */
  async create(): Promise<{ readonly index: string; readonly alias: string }> {
    await this.#requireKnownServer();
    const index = `${this.alias}-${randomBytes(6).toString('hex')}`;
    const alias = fillingAlias(index);
    const settings = {
      number_of_shards: this.#shards,
      auto_expand_replicas: '0-1',
      refresh_interval: '1s',
      // What was taken away may come back at a lower revision.
      gc_deletes: '0s',
    };
    const body = { settings, mappings: paymentMapping, aliases: { [alias]: {} } };
    await this.#client.send({ method: 'PUT', path: `/${index}`, body });
    try {
      await this.#requireOurMapping(index);
    } catch (error) {
      await this.discard(index);
      throw error;
    }
    return { index, alias };
  }

  /** It takes the place of the one there is, in one step; what is older, or of other epochs, goes. */
  async adopt(index: string): Promise<void> {
    const actions = [
      ...(await this.#behindAlias()).map((old) => ({ remove_index: { index: old } })),
      { add: { index, alias: this.alias } },
      { remove: { index, alias: fillingAlias(index) } },
    ];
    await this.#client.send({ method: 'POST', path: '/_aliases', body: { actions } });
    await this.#delete((await this.#ofFamily()).filter((each) => each !== index && this.#isSuperseded(each)));
  }

  async discard(index: string): Promise<void> {
    await this.#delete([index]);
  }

  async #requireKnownServer(): Promise<void> {
    if (this.#isServerKnown) return;
    const { json } = await this.#client.send({ method: 'GET', path: '/' });
    const parsed = serverSchema.safeParse(json);
    const found = parsed.success ? parsed.data.version : { number: 'no version', distribution: undefined };
    const [major = 0, minor = 0] = found.number.split('.').map(Number);
    const isKnown = found.distribution === 'opensearch' ? major >= 2 : major > 7 || (major === 7 && minor >= 17);
    if (!isKnown) {
      const said = `${found.distribution ?? 'elasticsearch'} ${found.number}`;
      throw refusal(
        `behind PAYSTRATA_SEARCH_URL is ${said}: OpenSearch 2 or Elasticsearch 7.17 and later are asked for`,
      );
    }
    this.#isServerKnown = true;
  }

  async #behindAlias(): Promise<readonly string[]> {
    const { status, json } = await this.#client.send({ method: 'GET', path: `/_alias/${this.alias}`, accepts: [404] });
    return status === 404 ? [] : Object.keys(readReply(namesSchema, json)).sort();
  }

  async #ofFamily(): Promise<readonly string[]> {
    const { status, json } = await this.#client.send({
      method: 'GET',
      path: `/${this.#family}*/_alias`,
      accepts: [404],
    });
    return status === 404 ? [] : Object.keys(readReply(namesSchema, json));
  }

  /** Not that of a newer release, which fills it now. */
  #isSuperseded(index: string): boolean {
    const [format = '', epoch, , ...more] = index.slice(this.#family.length).split('-');
    if (epoch === undefined || more.length > 0 || !/^\d+$/.test(format)) return false;
    return epoch !== this.#epoch || Number(format) <= INDEX_FORMAT;
  }

  async #delete(indexes: readonly string[]): Promise<void> {
    for (const index of indexes) {
      await this.#client.send({ method: 'DELETE', path: `/${index}`, accepts: [404] });
      this.#checked.delete(index);
    }
  }

  async #requireOurMapping(index: string): Promise<void> {
    const { json } = await this.#client.send({ method: 'GET', path: `/${index}/_mapping` });
    const found = readReply(mappingsSchema, json)[index]?.mappings ?? {};
    const difference = differenceBetween(found, paymentMapping, '');
    if (difference === null) return;
    throw refusal(
      `the index ${index} has another mapping than it should (${difference}): take away the index template that ` +
        'matches its name, or delete the index, and it is made anew',
    );
  }
}

/** By which an index is filled that does not answer yet. */
function fillingAlias(index: string): string {
  return `${index}-filling`;
}

const serverSchema = z.object({ version: z.object({ number: z.string(), distribution: z.string().optional() }) });
const namesSchema = z.record(z.string(), z.unknown());
const mappingsSchema = z.record(z.string(), z.object({ mappings: z.record(z.string(), z.unknown()) }));

/** Where two mappings differ first; null: nowhere. */
function differenceBetween(found: unknown, wanted: unknown, path: string): string | null {
  if (!isObject(found) || !isObject(wanted)) {
    if (canonicalJson(found) === canonicalJson(wanted)) return null;
    return `${path} is ${canonicalJson(found ?? null)}, not ${canonicalJson(wanted ?? null)}`;
  }
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    const difference = differenceBetween(found[name], wanted[name], path === '' ? name : `${path}.${name}`);
    if (difference !== null) return difference;
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refusal(message: string): PortFailure {
  return new PortFailure('CONFIG_INVALID', message);
}
