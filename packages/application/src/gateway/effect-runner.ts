// Carries out what `dueEffects` asks for: calls the gateway once, then looks up what stayed unknown until it is known.

import {
  dueEffects,
  nextLookupAt,
  type Effect,
  type GatewayAnswer,
  type Instant,
  type Item,
  type Payment,
} from '@paystrata/domain';
import type { PaymentKey } from '../events/recorded-event.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { PaymentGateway } from '../ports/payment-gateway.ts';
import { isPromise, onceThere, type Soon } from '../ports/soon.ts';
import type { Strategy } from '../ports/strategy.ts';
import type { Receipt, WriteResult } from '../ports/write-model.ts';
import { answerOrder, type Cause } from './answer-order.ts';
import { TimeLimits } from './time-limits.ts';

export interface EffectRunnerOptions {
  readonly strategy: Pick<Strategy, 'write' | 'read' | 'log'>;
  readonly gateway: PaymentGateway;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How long a call of the gateway may take before its outcome is unknown. */
  readonly gatewayTimeoutMs?: number;
  /** How often the store is searched for effects that another process left behind. */
  readonly scanIntervalMs?: number;
}

export interface EffectRunner {
  /**
   * Calls the gateway for an effect whose event the caller has just committed, and records the answer. An unknown
   * outcome is looked up later.
   *
   * @returns the receipt of the recorded answer; null while nothing definite is known. Never throws for a fault of
   * the gateway or the store: the effect stays due and is looked up.
   */
  perform(effect: Effect, cause: Cause): Soon<Receipt | null>;
  /** Looks up every effect that is due by now. @returns how many were looked up. */
  lookUpDue(): Promise<number>;
  /** Begins to look up in the background, beginning with what the store holds. */
  start(): void;
  /** Ends the background work after the look-up in flight. */
  stop(): Promise<void>;
}

const SCAN_PAGE = 100;
const unknown: GatewayAnswer = Object.freeze({ outcome: 'unknown' });

export function createEffectRunner(options: EffectRunnerOptions): EffectRunner {
  return new Runner(options);
}

class Runner implements EffectRunner {
  readonly #options: EffectRunnerOptions;
  readonly #limits: TimeLimits;
  /** Payments with an open effect, and when to look next. */
  readonly #agenda = new Map<string, PaymentKey & { readonly at: Instant }>();
  #background: { readonly controller: AbortController; readonly done: Promise<void> } | null = null;

  constructor(options: EffectRunnerOptions) {
    this.#options = options;
    this.#limits = new TimeLimits(options.clock, options.gatewayTimeoutMs ?? 10_000);
  }

  perform(effect: Effect, cause: Cause): Soon<Receipt | null> {
    return onceThere(this.#call(effect), (answer) => {
      const recorded = answer.outcome === 'unknown' ? null : this.#record(effect, effect.item, answer, cause);
      return onceThere(recorded, (receipt) => {
        if (receipt === null) this.#remember(effect, nextLookupAt(effect.requestedAt, this.#options.clock.now()));
        return receipt;
      });
    });
  }

  async lookUpDue(): Promise<number> {
    const now = this.#options.clock.now();
    const due = [...this.#agenda.entries()].filter(([, { at }]) => at <= now);
    for (const [name, key] of due) {
      this.#agenda.delete(name);
      await this.#lookUp(key);
    }
    return due.length;
  }

  start(): void {
    if (this.#background !== null) return;
    const controller = new AbortController();
    this.#background = { controller, done: this.#loop(controller.signal) };
  }

  async stop(): Promise<void> {
    const background = this.#background;
    this.#background = null;
    background?.controller.abort();
    await background?.done;
  }

  async #loop(signal: AbortSignal): Promise<void> {
    const { clock, logger, scanIntervalMs = 30_000 } = this.#options;
    let scanAt = 0;
    while (!signal.aborted) {
      try {
        if (clock.now() >= scanAt) {
          await this.#scan();
          scanAt = clock.now() + scanIntervalMs;
        }
        await this.lookUpDue();
      } catch (error) {
        logger.error({ error }, 'looking up open outcomes failed; it is tried again');
      }
      const next = Math.min(scanAt, ...[...this.#agenda.values()].map(({ at }) => at));
      await clock.sleep(Math.min(Math.max(next - clock.now(), 50), 1000), signal).catch(() => undefined);
    }
  }

  async #scan(): Promise<void> {
    let after: PaymentKey | null = null;
    for (;;) {
      const keys: readonly PaymentKey[] = await this.#options.strategy.read.awaitingGateway(after, SCAN_PAGE);
      const now = this.#options.clock.now();
      for (const key of keys) if (!this.#agenda.has(nameOf(key))) this.#remember(key, now);
      after = keys.at(-1) ?? null;
      if (keys.length < SCAN_PAGE) return;
    }
  }

  /** Looks up all open effects of one payment; what stays open goes back on the agenda. */
  async #lookUp(key: PaymentKey): Promise<void> {
    const { clock, logger } = this.#options;
    let payment: Payment | null;
    try {
      payment = await this.#read(key);
      let next: Instant | null = null;
      for (const effect of dueEffects(payment)) {
        const open = await this.#lookUpEffect(effect);
        if (open !== null && (next === null || open < next)) next = open;
      }
      if (next !== null) this.#remember(key, next);
    } catch (error) {
      logger.warn({ error, paymentId: key.paymentId }, 'an open outcome could not be looked up; it is tried again');
      this.#remember(key, nextLookupAt(clock.now(), clock.now()));
    }
  }

  /** @returns when to look again; null where the outcome is known now. */
  async #lookUpEffect(effect: Effect): Promise<Instant | null> {
    const { clock } = this.#options;
    const due = nextLookupAt(effect.requestedAt, effect.requestedAt);
    if (clock.now() < due) return due;
    const { organizationId, gatewayKey } = effect;
    const answer = await this.#ask((signal) => this.#options.gateway.lookup({ organizationId, gatewayKey, signal }));
    const receipt = await this.#record(effect, effect.item, answer, await this.#causeOf(effect));
    return receipt === null ? nextLookupAt(effect.requestedAt, clock.now()) : null;
  }

  #call({ kind, organizationId, gatewayKey, amount, method, chargeKey }: Effect): Soon<GatewayAnswer> {
    const { gateway } = this.#options;
    return this.#ask((signal) =>
      kind === 'charge'
        ? gateway.charge({ organizationId, gatewayKey, amount, method: method ?? '', signal })
        : gateway.refund({ organizationId, gatewayKey, amount, chargeKey, signal }),
    );
  }

  /** Whatever goes wrong on the way to the gateway leaves the outcome unknown. */
  #ask(call: (signal: AbortSignal) => Soon<GatewayAnswer>): Soon<GatewayAnswer> {
    try {
      const asked = this.#limits.run(call);
      if (!isPromise(asked)) return asked;
      return asked.then(
        (answer) => answer ?? unknown,
        (error: unknown) => this.#unreachable(error),
      );
    } catch (error) {
      return this.#unreachable(error);
    }
  }

  #unreachable(error: unknown): GatewayAnswer {
    this.#options.logger.warn({ error }, 'the gateway could not be asked; the outcome is unknown');
    return unknown;
  }

  #record(key: PaymentKey, item: Item, answer: GatewayAnswer, cause: Cause): Soon<Receipt | null> {
    const { strategy, clock } = this.#options;
    const written = strategy.write.execute(answerOrder(key, item, answer, cause, clock.now()));
    if (!isPromise(written)) return this.#recorded(key, written);
    return written.then(
      (result) => this.#recorded(key, result),
      (error: unknown) => {
        const fields = { error, paymentId: key.paymentId };
        this.#options.logger.error(fields, 'an answer of the gateway could not be recorded; it is looked up again');
        return null;
      },
    );
  }

  #recorded({ paymentId }: PaymentKey, result: WriteResult): Receipt | null {
    if (result.ok) return result.receipt.events.length > 0 ? result.receipt : null;
    const { rejection } = result;
    this.#options.logger.error({ rejection, paymentId }, 'an answer of the gateway was refused');
    return null;
  }

  async #read(key: PaymentKey): Promise<Payment | null> {
    const { organizationId, paymentId } = key;
    const found = await this.#options.strategy.read.get(
      { type: 'GetPayment', paymentId, asOf: null },
      { organizationId, atLeast: null, timeoutMs: 0 },
    );
    return found?.payment ?? null;
  }

  /** The event that asked for the effect. */
  async #causeOf(effect: Effect): Promise<Cause> {
    const { organizationId, paymentId, gatewayKey } = effect;
    const history = await this.#options.strategy.log.history(
      { type: 'PaymentHistory', paymentId, fromVersion: 1 },
      { organizationId, atLeast: null, timeoutMs: 0 },
    );
    const asked = history.find(({ data }) => 'gatewayKey' in data && data.gatewayKey === gatewayKey);
    return {
      correlationId: asked?.correlationId ?? gatewayKey,
      causationId: asked?.eventId ?? null,
      userId: asked?.userId ?? null,
    };
  }

  #remember({ organizationId, paymentId }: PaymentKey, at: Instant): void {
    this.#agenda.set(nameOf({ organizationId, paymentId }), { organizationId, paymentId, at });
  }
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}
