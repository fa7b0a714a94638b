// The parts of multi-source and how they hang together.

import {
  createMemorySubscriptionStore,
  noticingReads,
  PortFailure,
  silentLogger,
  type AccessListener,
  type Clock,
  type Keyring,
  type Logger,
  type RecordedEvent,
  type Subscription,
} from '@paystrata/application';
import { createSqlRecord, type SqlRecord } from '@paystrata/infra-sql';
import { AnswerCache, type CachePlace } from './cache/answer-cache.ts';
import { Warmer } from './cache/warmer.ts';
import { createSources } from './create-sources.ts';
import { messageOf } from './guard/outage.ts';
import { WatchedSource } from './guard/watched-source.ts';
import type { ParsedOptions } from './options.ts';
import { sourceDocument } from './ports/document-text.ts';
import type { PaymentSource, QueryKind } from './ports/source.ts';
import { createRoutedReadModel, type RoutedReadModel } from './read-model.ts';
import { DocumentBuilder } from './relay/document-builder.ts';
import { eventTexts } from './relay/event-texts.ts';
import { Pacer } from './relay/pacer.ts';
import { RecentLog } from './relay/recent-log.ts';
import { Relay } from './relay/relay.ts';
import { createTail } from './relay/tail.ts';
import { HeadHistory } from './routing/head-history.ts';
import { Router, type RoutedAnswer } from './routing/router.ts';
import { routeOf, type SourceRoute } from './routing/write-routes.ts';
import { createSqlSource } from './sql-source.ts';

export interface Surroundings {
  readonly clock: Clock;
  /** Seals personal data; absent: the keyring that the options name. */
  readonly keyring?: Keyring | undefined;
  readonly logger?: Logger | undefined;
  /** Whether this process feeds the sources that are shared. Default true. */
  readonly background?: boolean | undefined;
  /** Whether this process answers questions, from an index in its memory too. Default true. */
  readonly answers?: boolean | undefined;
  /** Sources of a team's own, beside those that the options name. */
  readonly sources?: readonly PaymentSource[] | undefined;
  /** Is told of every read. */
  readonly onAccess?: AccessListener | undefined;
}

/** A source beside the record, with all that belongs to it. */
export interface BesideSource {
  readonly source: PaymentSource;
  readonly watched: WatchedSource;
  readonly route: SourceRoute;
  /** Null until the log is open. */
  relay: Relay | null;
}

/** Events that are kept decoded for those who follow the log: of some seconds, at thousands of commits a second. */
const RECENT_EVENTS = 8000;
const CLEAN_MS = 30_000;

export class MultiSourceParts {
  readonly record: SqlRecord;
  readonly heads: HeadHistory;
  readonly sql: WatchedSource;
  readonly beside: readonly BesideSource[];
  readonly cache: AnswerCache;
  readonly warmer: Warmer;
  readonly router: Router;
  readonly read: RoutedReadModel;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly #recent: RecentLog;
  readonly #documents: DocumentBuilder;
  readonly #options: ParsedOptions;
  readonly #background: boolean;
  #tail: Subscription | null = null;
  readonly #pacer = new Pacer(() => {
    this.#tail?.wake();
    for (const { relay } of this.beside) relay?.wake();
  });
  #cleaning: NodeJS.Timeout | null = null;

  constructor(options: ParsedOptions, surroundings: Surroundings) {
    const { clock, keyring = null, logger = silentLogger, background = true, answers = true } = surroundings;
    const staleMs = options.staleSeconds * 1000;
    this.#options = options;
    this.#background = background;
    this.clock = clock;
    this.logger = logger;
    this.record = createSqlRecord({ ...options, name: 'sql' }, { clock, keyring, background, logger });
    this.heads = new HeadHistory(staleMs);
    const { store, reads } = this.record;
    this.#recent = new RecentLog({ log: this.record.source, capacity: RECENT_EVENTS });
    this.#documents = new DocumentBuilder({
      document: (key) => store.document(key),
      ofSubject: (organizationId, subject, after) => reads.documents.ofSubject(organizationId, subject, after),
    });
    this.sql = new WatchedSource(
      createSqlSource({ read: reads.read, head: () => store.head(), heads: this.heads }),
      clock,
    );
    const sources = [
      ...createSources(options, { clock, logger, answers, keyring: this.record.keyring }),
      ...(surroundings.sources ?? []),
    ];
    requireNames(sources);
    this.beside = sources.map((source) => ({
      source,
      watched: new WatchedSource(source, clock),
      route: routeOf(options.routes[source.name]),
      relay: null,
    }));
    this.warmer = new Warmer({
      ask: (place) => this.read.refresh(place),
      onFailure: (error) => logger.debug({ error: messageOf(error) }, 'an answer could not be kept warm'),
    });
    this.cache = new AnswerCache({
      ...{ clock, ...options.cache },
      onInvalidated: (place) => this.warmer.invalidated(place),
    });
    this.router = new Router(
      this.sql,
      this.beside.map(({ watched, route }) => ({ watched, covers: (organizationId) => route.covers(organizationId) })),
    );
    const routed = createRoutedReadModel({
      ...{ cache: this.cache, router: this.router, heads: this.heads, staleMs, record: reads.read },
      epoch: () => store.epoch(),
      onRouted: (place, answer) => this.#putWhereMissing(place, answer),
    });
    this.read = noticingReads(routed, (notice) => {
      const { query, organizationId } = notice;
      if (query.type !== 'GetPayment' || query.asOf === null) {
        const place: CachePlace<QueryKind> = { kind: kindOf[query.type], organizationId, query };
        this.warmer.noticed(this.cache.placeOf(place), place);
      }
      surroundings.onAccess?.(notice);
    });
  }

  async start(): Promise<void> {
    await this.record.start();
    try {
      await this.#open();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  async stop(): Promise<void> {
    clearInterval(this.#cleaning ?? undefined);
    this.#pacer.stop();
    this.warmer.stop();
    await this.#tail?.stop();
    await Promise.all(this.beside.map(async ({ relay }) => relay?.stop()));
    await Promise.all([this.sql, ...this.beside.map(({ watched }) => watched)].map((each) => each.unwatch()));
    await Promise.all(this.beside.map(({ source }) => source.close()));
    this.cache.clear();
    await this.record.stop();
  }

  /** This process committed something. */
  committed(events: readonly RecordedEvent[]): void {
    this.heads.note(events.at(-1)?.position ?? 0);
    this.#recent.note(events);
    for (const event of events) this.#changed(event);
    this.record.reads.notice();
    this.#pacer.ring();
  }

  async #open(): Promise<void> {
    const { store } = this.record;
    const head = await store.head();
    this.heads.note(head);
    for (const { source } of this.beside) await source.open(store.epoch());
    for (const each of this.beside) each.relay = this.#relayOf(each);
    const { clock, logger } = this;
    const onEvents = (events: readonly RecordedEvent[]) => this.#told(events);
    this.#tail = await createTail({ log: this.#recent, clock, logger, onEvents }, head);
    this.#tail.start();
    this.#cleaning = setInterval(() => this.cache.clean(), CLEAN_MS).unref();
    this.sql.watch(() => undefined);
    for (const { watched, relay, source } of this.beside) {
      watched.watch((held, before) => relay?.checked(held, before));
      // A source of this process's own is fed by it, whoever feeds the others.
      if (this.#background || !source.isShared) relay?.start();
    }
  }

  /** What was erased is shown no more, whoever still has it. */
  #changed(event: RecordedEvent): void {
    this.cache.changed(event);
    if (event.type === 'PersonalDataErased') this.read.require(event.organizationId, event.position);
  }

  #told(events: readonly RecordedEvent[]): void {
    const position = events.at(-1)?.position ?? 0;
    this.heads.note(position);
    for (const event of events) this.#changed(event);
    this.cache.seen(position);
  }

  #relayOf({ source, watched, route }: BesideSource): Relay {
    const { store, subscriptions } = this.record;
    const { batchSize, leaseSeconds } = this.#options.relay;
    const { clock, logger } = this;
    return new Relay({
      ...{ source, watched, route, batchSize, clock, logger, leaseMs: leaseSeconds * 1000 },
      log: this.#recent,
      head: () => store.head(),
      knownHead: () => this.heads.head,
      texts: (events) => eventTexts(store, events),
      store: source.isShared ? subscriptions : createMemorySubscriptionStore(clock),
      documents: this.#documents,
    });
  }

  /** What had forgotten a payment gets it again. */
  #putWhereMissing(
    { kind, organizationId }: CachePlace<QueryKind>,
    { answer, without, position }: RoutedAnswer<QueryKind>,
  ): void {
    if (kind !== 'get' || answer === null || !('payment' in answer)) return;
    for (const { source, watched, route } of this.beside) {
      if (source.isComplete || !without.includes(source.name) || !route.covers(organizationId)) continue;
      watched
        .write('put', () => source.put([sourceDocument(answer)], position))
        .catch((error: unknown) => this.logger.debug({ source: source.name, error: messageOf(error) }, 'not warmed'));
    }
  }
}

const kindOf = {
  GetPayment: 'get',
  SearchPayments: 'search',
  SuggestPayments: 'suggestions',
  PaymentStatistics: 'statistics',
  PaymentAnalytics: 'analytics',
} as const;

function requireNames(sources: readonly PaymentSource[]): void {
  const names = ['sql', 'cache', ...sources.map(({ name }) => name)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined)
    throw new PortFailure('CONFIG_INVALID', `two sources have the name ${twice}: each needs one of its own`);
}
