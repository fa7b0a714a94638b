// Carries out what is due at the gateway: the run that recorded an effect calls once, everything else is looked up on
// the domain's schedule, by timers of the workflow that outlive every process.

import {
  decide,
  dueEffects,
  instantOf,
  nextLookupAt,
  parseCommandId,
  type Effect,
  type GatewayAnswer,
} from '@paystrata/domain';
import { log, proxyActivities, sleep } from '@temporalio/workflow';
import type { AskGateway, GatewayActivities, Surroundings } from '../protocol/messages.ts';
import { fromWire, toWire } from '../protocol/wire.ts';
import { enveloped } from './envelope.ts';
import type { PaymentStream } from './payment-stream.ts';

/** How much longer than the call itself its way there and back may take. */
const SLACK_MS = 5000;
/** A worker that died is noticed after this time. */
const HEARTBEAT_TIMEOUT_MS = 3000;

export class EffectDesk {
  readonly #stream: PaymentStream;
  readonly #gateway: GatewayActivities;
  #calls = 0;
  readonly #lookedUp = new Set<string>();

  constructor(stream: PaymentStream, { gatewayQueue, gatewayTimeoutMs }: Surroundings) {
    this.#stream = stream;
    this.#gateway = proxyActivities<GatewayActivities>({
      taskQueue: gatewayQueue,
      startToCloseTimeout: gatewayTimeoutMs + SLACK_MS,
      scheduleToCloseTimeout: gatewayTimeoutMs + SLACK_MS,
      heartbeatTimeout: HEARTBEAT_TIMEOUT_MS,
      // Never tried again: only the first try calls, what became of it is looked up.
      retry: { maximumAttempts: 1 },
    });
  }

  /** True while a call or a look-up is on its way. */
  get busy(): boolean {
    return this.#calls > 0;
  }

  /** True while the outcome of anything is open. */
  get waits(): boolean {
    return dueEffects(this.#stream.payment).length > 0;
  }

  /** Effects that events after the version asked for: calls the gateway for each. Resolves once all have answered. */
  async callFor(version: number): Promise<void> {
    const keys = this.#stream.events.slice(version).map(({ data }) => ('gatewayKey' in data ? data.gatewayKey : null));
    const begun = dueEffects(this.#stream.payment).filter(({ gatewayKey }) => keys.includes(gatewayKey));
    await Promise.all(begun.map((effect) => this.#call(effect)));
  }

  /** Effects of an earlier run, or of another log: they were called then. */
  resume(): void {
    for (const effect of dueEffects(this.#stream.payment)) void this.#lookUp(effect);
  }

  async #call(effect: Effect): Promise<void> {
    await this.#ask(effect, effect.kind === 'charge' ? this.#gateway.charge : this.#gateway.refund);
    void this.#lookUp(effect);
  }

  async #lookUp(effect: Effect): Promise<void> {
    if (this.#lookedUp.has(effect.gatewayKey)) return;
    this.#lookedUp.add(effect.gatewayKey);
    while (this.#isDue(effect)) {
      const now = instantOf(Date.now());
      await sleep(nextLookupAt(effect.requestedAt, now) - now);
      if (this.#isDue(effect)) await this.#ask(effect, this.#gateway.lookup);
    }
  }

  #isDue({ gatewayKey }: Effect): boolean {
    return dueEffects(this.#stream.payment).some((each) => each.gatewayKey === gatewayKey);
  }

  async #ask(effect: Effect, call: AskGateway): Promise<void> {
    this.#calls++;
    let answer: GatewayAnswer;
    try {
      answer = fromWire<GatewayAnswer>(await call(toWire(effect)));
    } catch (error) {
      log.warn('the gateway could not be asked; the outcome is unknown', { gatewayKey: effect.gatewayKey, error });
      answer = { outcome: 'unknown' };
    } finally {
      this.#calls--;
    }
    this.#record(effect, answer);
  }

  /** As the application records answers: one command id an item and outcome, so twice is once. */
  #record(effect: Effect, answer: GatewayAnswer): void {
    const { organizationId, paymentId, item, gatewayKey } = effect;
    const commandId = parseCommandId(`${paymentId}:${item.id}#${answer.outcome}`);
    if (commandId === undefined || this.#stream.has(commandId)) return;
    const command = { type: 'RecordGatewayAnswer', item, answer, now: instantOf(Date.now()) } as const;
    const decision = decide(command, this.#stream.payment);
    if (!decision.accepted) {
      log.error('an answer of the gateway was refused', { gatewayKey, code: decision.rejection.code });
      return;
    }
    const asked = this.#stream.events.find(({ data }) => 'gatewayKey' in data && data.gatewayKey === gatewayKey);
    const facts = {
      organizationId,
      paymentId,
      commandId,
      actor: 'gateway',
      userId: asked?.userId ?? null,
      correlationId: asked?.correlationId ?? gatewayKey,
      causationId: asked?.eventId ?? null,
      metadata: {},
      sealed: null,
    };
    this.#stream.append(enveloped(decision.events, facts, this.#stream.version));
  }
}
