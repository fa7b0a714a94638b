// The log in memory: events in the order of commits, and where those of each payment and organization are in it.

import type { CommitEntry, LogPage, LogRequest, PaymentKey, RecordedEvent } from '@paystrata/application';
import { eraseEvent, type CommandId, type OrganizationId, type Payment } from '@paystrata/domain';
import { ShardedMap } from '../payment-index/sharded-map.ts';
import { deepFreeze } from './deep-freeze.ts';
import { PackedEvents } from './packed-events.ts';

/** One payment: its state, and the positions of its events in the order of versions. */
export interface Stream {
  payment: Payment;
  readonly positions: number[];
}

interface Organization {
  readonly streams: ShardedMap<Stream>;
  readonly positions: number[];
}

export class MemoryLog {
  readonly #organizations = new Map<OrganizationId, Organization>();
  readonly #events = new PackedEvents();
  #payments = 0;

  /** Payments that were ever created. */
  get payments(): number {
    return this.#payments;
  }

  /** Events so far: the position of the last one. */
  get length(): number {
    return this.#events.length;
  }

  stream({ organizationId, paymentId }: PaymentKey): Stream | undefined {
    return this.#organizations.get(organizationId)?.streams.get(paymentId);
  }

  /** The last event of a command in a stream; streams are short. */
  applied({ positions }: Stream, commandId: CommandId): RecordedEvent | undefined {
    for (let place = positions.length - 1; place >= 0; place -= 1) {
      const event = this.#events.at(positions[place] ?? 0);
      if (event?.commandId === commandId) return event;
    }
    return undefined;
  }

  /** Stores events and state in one step; whether they may be stored was checked before. */
  append(entry: CommitEntry): RecordedEvent {
    const organization = this.#organizations.get(entry.organizationId) ?? this.#found(entry.organizationId);
    const stream = organization.streams.get(entry.paymentId) ?? this.#open(organization, entry);
    stream.payment = deepFreeze(entry.payment);
    let last: RecordedEvent | undefined;
    for (const pending of entry.events) {
      last = deepFreeze({ ...pending, position: this.#events.length + 1 });
      this.#events.push(last);
      stream.positions.push(last.position);
      organization.positions.push(last.position);
      if (last.type === 'PersonalDataErased') this.#erase(stream);
    }
    if (last === undefined) throw new Error(`command ${entry.commandId} comes without events`);
    return last;
  }

  /** Reads what was asked for only: the events of a payment or an organization without those in between. */
  read(request: LogRequest): LogPage {
    const { direction, from, limit } = request;
    const forward = direction === 'forward';
    const start = from ?? (forward ? 0 : this.length + 1);
    const positions = this.#positionsOf(request);
    const events: RecordedEvent[] = [];
    if (positions === null) {
      for (let at = forward ? start + 1 : Math.min(start, this.length + 1) - 1; ; at += forward ? 1 : -1) {
        const event = this.#events.at(at);
        if (event === undefined) return { events, next: this.#end(forward, start), end: true };
        if (events.length >= limit) return { events, next: forward ? at - 1 : at + 1, end: false };
        if (isWanted(event, request)) events.push(event);
      }
    }
    const first = firstAfter(positions, forward ? start : start - 1);
    for (let place = forward ? first : first - 1; ; place += forward ? 1 : -1) {
      const event = this.#events.at(positions[place] ?? 0);
      if (event === undefined) return { events, next: this.#end(forward, start), end: true };
      if (events.length >= limit) return { events, next: events.at(-1)?.position ?? start, end: false };
      events.push(event);
    }
  }

  /** Null: all events have to be looked at. */
  #positionsOf({ organizationId, paymentId }: LogRequest): readonly number[] | null {
    if (organizationId === undefined) return null;
    if (paymentId === undefined) return this.#organizations.get(organizationId)?.positions ?? [];
    return this.stream({ organizationId, paymentId })?.positions ?? [];
  }

  /** Where a reader goes on that has considered everything. */
  #end(forward: boolean, start: number): number {
    return forward ? Math.max(start, this.length) : Math.min(start, 1);
  }

  #found(organizationId: OrganizationId): Organization {
    const organization: Organization = { streams: new ShardedMap(), positions: [] };
    this.#organizations.set(organizationId, organization);
    return organization;
  }

  #open({ streams }: Organization, { payment, paymentId }: CommitEntry): Stream {
    const stream: Stream = { payment, positions: [] };
    streams.set(paymentId, stream);
    this.#payments += 1;
    return stream;
  }

  #erase({ positions }: Stream): void {
    for (const position of positions) {
      const event = this.#events.at(position);
      if (event !== undefined) this.#events.replace(deepFreeze(eraseEvent(event)));
    }
  }
}

function isWanted(event: RecordedEvent, { paymentId }: LogRequest): boolean {
  return paymentId === undefined || event.paymentId === paymentId;
}

/** The place of the first position beyond the given one. */
function firstAfter(positions: readonly number[], position: number): number {
  let [low, high] = [0, positions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] ?? 0) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
