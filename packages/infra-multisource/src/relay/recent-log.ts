// The log as all who follow it in this process read it: what was committed or read lately is decoded once for all.

import type { LogPage, LogRequest, LogSource, RecordedEvent } from '@paystrata/application';

export interface RecentLogOptions {
  readonly log: LogSource;
  /** Events that are kept. */
  readonly capacity: number;
}

/**
 * Pages begin where they are asked for and have no gap, as those of the log; what is not at hand is read from it. A page
 * that was at hand may say that it is the end although other processes have gone on: the next one has what they wrote.
 *
 * With an erasure everything before it is forgotten: it is read again, as the log has it now.
 */
export class RecentLog implements LogSource {
  readonly #log: LogSource;
  readonly #capacity: number;
  /** By position; those of this process come as it committed them, so the order is none. */
  readonly #events = new Map<number, RecordedEvent>();
  /** From a position to that of the next event, where it is not the next number. */
  readonly #jumps = new Map<number, number>();
  readonly #reading = new Map<string, Promise<LogPage>>();
  #erasedAt = 0;

  constructor({ log, capacity }: RecentLogOptions) {
    this.#log = log;
    this.#capacity = capacity;
  }

  epoch(): string {
    return this.#log.epoch();
  }

  /** This process committed something. */
  note(events: readonly RecordedEvent[]): void {
    this.#forgetBeforeErasuresIn(events);
    for (const event of events) this.#keep(event);
  }

  async readAll(request: LogRequest): Promise<LogPage> {
    const { direction, from, limit, organizationId, paymentId } = request;
    if (direction === 'backward' || organizationId !== undefined || paymentId !== undefined) {
      return this.#log.readAll(request);
    }
    const events = this.#after(from ?? 0, limit);
    const last = events.at(-1);
    return last === undefined
      ? this.#read(from ?? 0, limit)
      : { events, next: last.position, end: events.length < limit };
  }

  #after(from: number, limit: number): readonly RecordedEvent[] {
    const events: RecordedEvent[] = [];
    for (let at = from; events.length < limit;) {
      const event = this.#events.get(at + 1) ?? this.#events.get(this.#jumps.get(at) ?? 0);
      if (event === undefined) break;
      events.push(event);
      at = event.position;
    }
    return events;
  }

  /** Once for all who ask for the same page at the same time. */
  #read(from: number, limit: number): Promise<LogPage> {
    const name = `${from} ${limit}`;
    const underWay = this.#reading.get(name);
    if (underWay !== undefined) return underWay;
    const reading = this.#readFromLog(from, limit).finally(() => this.#reading.delete(name));
    this.#reading.set(name, reading);
    return reading;
  }

  async #readFromLog(from: number, limit: number): Promise<LogPage> {
    const page = await this.#log.readAll({ direction: 'forward', from: from === 0 ? null : from, limit });
    this.#forgetBeforeErasuresIn(page.events);
    let before = from;
    for (const event of page.events) {
      if (event.position !== before + 1) this.#jumps.set(before, event.position);
      this.#keep(event);
      before = event.position;
    }
    return page;
  }

  #keep(event: RecordedEvent): void {
    // It may have been read, or committed, before an erasure that is known by now.
    if (event.position < this.#erasedAt) return;
    this.#events.set(event.position, event);
    if (this.#events.size <= this.#capacity) return;
    const [oldest = 0] = this.#events.keys();
    this.#events.delete(oldest);
    if (this.#jumps.size > this.#capacity) this.#jumps.clear();
  }

  #forgetBeforeErasuresIn(events: readonly RecordedEvent[]): void {
    const erasure = events.findLast(({ type }) => type === 'PersonalDataErased');
    if (erasure === undefined || erasure.position <= this.#erasedAt) return;
    this.#erasedAt = erasure.position;
    for (const position of this.#events.keys()) if (position < erasure.position) this.#events.delete(position);
  }
}
