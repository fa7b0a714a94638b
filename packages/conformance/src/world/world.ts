// What a case works with: the strategy under test, an organization of its own, a clock, and a gateway with its ledger.

import type {
  BulkResult,
  EffectRunner,
  Ids,
  PaymentKey,
  Position,
  ReadContext,
  Receipt,
  SandboxLedger,
  Strategy,
  WriteModel,
  WriteOrder,
  WriteResult,
} from '@paystrata/application';
import type { OrganizationId, PaymentId } from '@paystrata/domain';
import type { HeldGateway } from './held-gateway.ts';
import type { MovableClock } from './movable-clock.ts';
import { organizationIdOf } from './parsed.ts';

/** What all organizations of one case share. */
export interface Installation {
  strategy: Strategy;
  /** Carries out what is due at the gateway; for strategies that do so themselves it is never asked. */
  runner: EffectRunner;
  readonly clock: MovableClock;
  readonly ids: Ids;
  readonly gateway: HeldGateway;
  readonly ledger: SandboxLedger;
  readonly scale: number;
  readonly patienceMs: number;
  /** Another strategy on the same data, where there can be one. */
  beside(): Promise<Strategy | null>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

export class World {
  readonly installation: Installation;
  readonly organizationId: OrganizationId;
  /** The latest position that this organization wrote at, by payment. */
  readonly #written = new Map<PaymentId, Position>();
  /** Those of them that no read has been seen to contain yet. */
  readonly #unseen = new Map<PaymentId, Position>();

  constructor(installation: Installation) {
    this.installation = installation;
    this.organizationId = organizationIdOf(`kit-${installation.ids.next()}`);
  }

  get strategy(): Strategy {
    return this.installation.strategy;
  }

  get clock(): MovableClock {
    return this.installation.clock;
  }

  /** Another organization on the same strategy. */
  neighbour(): World {
    return new World(this.installation);
  }

  /** As many as `most` on a fast strategy, fewer on a slow one, never fewer than `least`. */
  count(most: number, least: number): number {
    return Math.max(least, Math.round(most * Math.min(1, this.installation.scale)));
  }

  key(paymentId: PaymentId): PaymentKey {
    return { organizationId: this.organizationId, paymentId };
  }

  async execute(order: WriteOrder, write: WriteModel = this.strategy.write): Promise<WriteResult> {
    const result = await write.execute(order);
    if (result.ok) this.note(result.receipt);
    return result;
  }

  async executeBulk(
    orders: readonly WriteOrder[],
    write: WriteModel = this.strategy.write,
  ): Promise<readonly BulkResult[]> {
    const results = await write.executeBulk(orders);
    for (const result of results) if (result.ok) this.note(result.receipt);
    return results;
  }

  /** Remembers that reads must from now on contain this. */
  note({ paymentId, position }: Receipt): void {
    const known = this.#written.get(paymentId);
    // A command that changed nothing is told no place in the log: the one before has it.
    if (known !== undefined && known.version >= position.version) return;
    this.#written.set(paymentId, position);
    this.#unseen.set(paymentId, position);
  }

  /** How to ask so that the answer contains all that this organization wrote so far. */
  async reading(): Promise<ReadContext> {
    const last = [...this.#written.values()].reduce<Position | null>(
      (best, each) => (isLater(each, best) ? each : best),
      null,
    );
    // Where positions are only known once projected, the last one cannot be told: each payment has to be waited for.
    if (this.strategy.capabilities.globalOrder === 'projection') {
      await Promise.all([...this.#unseen.values()].map((position) => this.#awaitPayment(position)));
    }
    return this.readingAt(last);
  }

  readingAt(atLeast: Position | null, timeoutMs: number = this.installation.patienceMs): ReadContext {
    return { organizationId: this.organizationId, atLeast, timeoutMs };
  }

  /** Waits until the condition holds; a wait that is in vain fails with what it was for. */
  async eventually(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = performance.now() + this.installation.patienceMs;
    while (!(await holds())) {
      if (performance.now() > deadline) throw new Error(`waited in vain until ${what}`);
      await this.clock.sleep(5);
    }
  }

  /** Starts the strategy again; see `Subject.restart`. */
  async restart(): Promise<void> {
    await this.installation.restart();
  }

  async close(): Promise<void> {
    await this.installation.close();
  }

  async #awaitPayment(position: Position): Promise<void> {
    const { paymentId } = position;
    await this.strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, this.readingAt(position));
    if (this.#unseen.get(paymentId) === position) this.#unseen.delete(paymentId);
  }
}

function isLater(position: Position, than: Position | null): boolean {
  return than === null || (position.position ?? 0) >= (than.position ?? 0);
}
