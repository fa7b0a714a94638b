// For tests: a payment together with a gateway that keeps its own ledger, and a person who settles by that ledger.

import { instantOf, type Instant } from '../ids/instant.ts';
import { money } from '../money/money.ts';
import type { PaymentCommand } from '../payment/commands.ts';
import { decide } from '../payment/decide.ts';
import { dueEffects, nextLookupAt, type Effect } from '../payment/due-effects.ts';
import type { GatewayAnswer } from '../payment/gateway-answer.ts';
import { evolveAll } from '../payment/evolve.ts';
import type { RejectionCode } from '../payment/rejections.ts';
import { initialState, isParked, type PaymentState } from '../payment/state.ts';
import { EUR, start, type Step } from './steps.ts';

/** What becomes of a call of the gateway. */
export const fates = [
  'approved',
  'declined',
  'wrong amount',
  'approved, answer lost',
  'declined, answer lost',
  'moved, but shown after two hours',
  'never arrives',
  'arrives after it was given up',
  'moved, but no look-up says so',
  'not moved, but no look-up says so',
] as const;
export type Fate = (typeof fates)[number];

const LATE = 40 * 60_000;
const SLOW = 2 * 3_600_000;
const unknown: GatewayAnswer = { outcome: 'unknown' };

export class World {
  state: PaymentState = initialState;
  now: Instant = start;
  readonly #fates = new Map<string, Fate>();
  /** What moved by key, in minor units, refunds being negative. Each key moves money once. */
  readonly #ledger = new Map<string, bigint>();
  #arrivals: { readonly at: Instant; readonly effect: Effect }[] = [];

  /** Gives the command and, where it asks for money to be moved, calls the gateway, which deals with it by the fate. */
  ask(step: Step, fate: Fate): void {
    const before = new Set(dueEffects(this.state).map(({ gatewayKey }) => gatewayKey));
    this.#give(step(this.state, this.now));
    for (const effect of dueEffects(this.state)) if (!before.has(effect.gatewayKey)) this.#call(effect, fate);
  }

  /** Lets time pass: look-ups are made when they are due, and late calls arrive. */
  pass(milliseconds: number): void {
    const end = instantOf(this.now + milliseconds);
    for (;;) {
      const lookUps = dueEffects(this.state).map((effect) => ({
        at: nextLookupAt(effect.requestedAt, this.now),
        happen: () => this.#tell(effect, this.#lookUp(effect)),
      }));
      const arrivals = this.#arrivals.map((arrival) => ({
        at: arrival.at,
        happen: () => this.#arrive(arrival.effect),
      }));
      const due = [...lookUps, ...arrivals].filter(({ at }) => at <= end);
      if (due.length === 0) break;
      // All that is due by then: what is looked up first must not put off the others to their next time.
      this.now = instantOf(Math.min(...due.map(({ at }) => at)));
      for (const { at, happen } of due) if (at === this.now) happen();
    }
    this.now = end;
  }

  /** A person settles what is parked by what moved in truth, and undoes at the gateway what cannot be kept. */
  review(): void {
    const parked = [...(this.state?.attempts ?? []), ...(this.state?.refunds ?? [])].filter(isParked);
    for (const { id, gatewayKey } of parked) {
      const settle = { type: 'SettlePayment', now: this.now, reason: 'as the ledger says', itemId: id } as const;
      if (this.#ledger.has(gatewayKey)) {
        const refusal = this.#give({ ...settle, outcome: 'completed' });
        if (refusal === null || refusal === 'illegal_state') continue;
        this.#ledger.delete(gatewayKey);
      }
      this.#give({ ...settle, outcome: 'failed' });
    }
  }

  /** What the gateway captured less what it returned. */
  get balance(): bigint {
    return [...this.#ledger.values()].reduce((total, moved) => total + moved, 0n);
  }

  /** @returns the code where it was refused. */
  #give(command: PaymentCommand): RejectionCode | null {
    const decision = decide(command, this.state);
    if (!decision.accepted) return decision.rejection.code;
    this.state = evolveAll(this.state, decision.events);
    return null;
  }

  #tell(effect: Effect, answer: GatewayAnswer): void {
    this.#give({ type: 'RecordGatewayAnswer', now: this.now, item: effect.item, answer });
  }

  #call(effect: Effect, fate: Fate): void {
    this.#fates.set(effect.gatewayKey, fate);
    if (fate === 'arrives after it was given up') {
      this.#arrivals.push({ at: instantOf(this.now + LATE), effect });
      return;
    }
    const { amount } = effect.amount;
    if (fate === 'wrong amount') this.#move(effect, amount - 1n);
    if (fate === 'approved' || fate === 'approved, answer lost' || fate.startsWith('moved')) {
      this.#move(effect, amount);
    }
    const answered = fate === 'approved' || fate === 'declined' || fate === 'wrong amount';
    this.#tell(effect, answered ? this.#lookUp(effect) : unknown);
  }

  #arrive(effect: Effect): void {
    this.#arrivals = this.#arrivals.filter((arrival) => arrival.effect !== effect);
    this.#move(effect, effect.amount.amount);
    this.#tell(effect, this.#lookUp(effect));
  }

  #move(effect: Effect, amount: bigint): void {
    if (amount > 0n) this.#ledger.set(effect.gatewayKey, effect.kind === 'charge' ? amount : -amount);
  }

  #lookUp({ gatewayKey, requestedAt }: Effect): GatewayAnswer {
    const fate = this.#fates.get(gatewayKey) ?? 'never arrives';
    if (fate.includes('no look-up')) return unknown;
    if (fate.includes('two hours') && this.now < requestedAt + SLOW) return unknown;
    const moved = this.#ledger.get(gatewayKey);
    if (moved !== undefined) {
      const amount = money(moved < 0n ? -moved : moved, EUR);
      return { outcome: 'approved', amount, gatewayReference: `reference of ${gatewayKey}` };
    }
    if (fate.includes('arrive')) return { outcome: 'not_found' };
    return { outcome: 'declined', failure: { code: 'card_declined', declineCode: null, retryable: true } };
  }
}
