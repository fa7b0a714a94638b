// What must hold of the log after every fault: all that was acknowledged is there once, nothing is missing in between,
// and the money is that of the gateway's own books.

import assert from 'node:assert/strict';
import { ledgerBalances, systemClock, type Clock, type RecordedEvent } from '@paystrata/application';
import { evolve, instantOf, type PaymentState } from '@paystrata/domain';
import { openPlace, type OpenPlace, type Place } from './place.ts';

/** Beyond the time after which "no such key" at the gateway is final, also for clocks that are ahead. */
const LATER_MS = 3 * 3_600_000;
const later: Clock = { ...systemClock, now: () => instantOf(systemClock.now() + LATER_MS) };

export class LogCheck {
  readonly #opened: OpenPlace;
  readonly #positions = new Map<string, number>();
  readonly #payments = new Map<string, PaymentState>();
  readonly #times = new Map<string, number>();
  #from: number | null = null;
  #next = 1;

  private constructor(opened: OpenPlace) {
    this.#opened = opened;
  }

  static async open(place: Place): Promise<LogCheck> {
    return new LogCheck(await openPlace(place, later));
  }

  /** How many events were seen. */
  get events(): number {
    return this.#positions.size;
  }

  stop(): Promise<void> {
    return this.#opened.stop();
  }

  /** Reads on to the end; fails where a position is missing or taken twice, an event is there twice, or a version is. */
  async readOn(): Promise<void> {
    for (;;) {
      const request = { direction: 'forward', from: this.#from, limit: 2000 } as const;
      const page = await this.#opened.strategy.log.readAll(request);
      for (const event of page.events) this.#take(event);
      this.#from = page.next;
      if (page.end) return;
    }
  }

  /** Fails where one of the events that were acknowledged is not there, or elsewhere. */
  assertKept(acknowledged: ReadonlyMap<string, number>): void {
    for (const [eventId, position] of acknowledged) {
      assert.equal(this.#positions.get(eventId), position, `event ${eventId} was acknowledged at ${position}`);
    }
  }

  /** With all other processes dead: looks up what they left open, then compares with the gateway's books. */
  async settle(): Promise<void> {
    const { strategy, effects, ledger } = this.#opened;
    for (let round = 1; ; round++) {
      assert.ok(round <= 20, 'every outcome is known after some look-ups');
      effects.start();
      await effects.stop();
      if ((await strategy.read.awaitingGateway(null, 1)).length === 0) break;
    }
    await this.readOn();
    let left = 0n;
    for (const payment of this.#payments.values()) if (payment !== null) left += payment.captured - payment.refunded;
    assert.equal(left, ledgerBalances(await ledger.entries()).get('acme/EUR') ?? 0n, 'captured − refunded');
  }

  #take(event: RecordedEvent): void {
    assert.equal(event.position, this.#next++, 'positions follow each other');
    assert.ok(!this.#positions.has(event.eventId), `event ${event.eventId} is there once`);
    this.#positions.set(event.eventId, event.position);
    const before = this.#times.get(event.paymentId) ?? event.at;
    assert.ok(event.at >= before, `the time of ${event.paymentId} never goes back`);
    this.#times.set(event.paymentId, event.at);
    const payment = evolve(this.#payments.get(event.paymentId) ?? null, event);
    assert.equal(payment?.version, event.version, `versions of ${event.paymentId} follow each other`);
    this.#payments.set(event.paymentId, payment);
  }
}
