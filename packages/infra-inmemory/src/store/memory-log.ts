// The log in memory: events in the order of commits, and where those of each payment and organization are in it.

import type { CommitEntry, LogPage, LogRequest, PaymentKey, RecordedEvent } from '@paystrata/application';
import { eraseEvent, type CommandId, type OrganizationId, type Payment } from '@paystrata/domain';
import { idHash } from '../payment-index/id-key.ts';
import { ShardedMap } from '../payment-index/sharded-map.ts';
import { freezeEvent, freezePayment } from './freeze-stored.ts';
import { PackedEvents, type MemoryArchive } from './packed-events.ts';

/** One payment: its state, and the positions of its events in the order of versions. */
export interface Stream {
  payment: Payment;
  positions: readonly number[];
}

/** What there is of one organization. */
export interface StoredOrganization {
  readonly organizationId: OrganizationId;
  /** Deleted ones included. */
  readonly payments: number;
  readonly events: number;
  /** Of its last event. */
  readonly position: number;
}

interface Organization {
  readonly streams: ShardedMap<Stream>;
  readonly positions: number[];
}

export class MemoryLog {
  readonly #organizations = new Map<OrganizationId, Organization>();
  readonly #events = new PackedEvents();
  #payments = 0;
  /** The one that was asked for last: a command asks for its payment several times. */
  #last: (PaymentKey & { readonly stream: Stream }) | null = null;

  /** Payments that were ever created, without those of organizations that were dropped. */
  get payments(): number {
    return this.#payments;
  }

  /** Events so far: the position of the last one. */
  get length(): number {
    return this.#events.length;
  }

  stream({ organizationId, paymentId }: PaymentKey): Stream | undefined {
    const last = this.#last;
    if (last?.paymentId === paymentId && last.organizationId === organizationId) return last.stream;
    const stream = this.#organizations.get(organizationId)?.streams.get(paymentId);
    if (stream !== undefined) this.#last = { organizationId, paymentId, stream };
    return stream;
  }

  /** The last event of a command in a stream; streams are short. */
  applied({ positions }: Stream, commandId: CommandId): RecordedEvent | undefined {
    for (let place = positions.length - 1; place >= 0; place -= 1) {
      const event = this.#events.at(positions[place] ?? 0);
      if (event?.commandId === commandId) return event;
    }
    return undefined;
  }

  /**
   * Stores events and state in one step; whether they may be stored was checked before.
   *
   * @param known the payment's stream; undefined where there is none yet.
   */
  append(entry: CommitEntry, known: Stream | undefined): readonly RecordedEvent[] {
    const organization = this.#organizations.get(entry.organizationId) ?? this.#found(entry.organizationId);
    const payment = freezePayment(entry.payment, known?.payment ?? null);
    const stream = known ?? this.#open(organization, entry);
    stream.payment = payment;
    return entry.events.map((pending) => {
      const event = freezeEvent({ ...pending, position: this.#events.length + 1 });
      this.#events.push(event);
      // Copied, because an array that is pushed to reserves room for sixteen more.
      stream.positions = [...stream.positions, event.position];
      organization.positions.push(event.position);
      if (event.type === 'PersonalDataErased') this.#erase(stream);
      return event;
    });
  }

  /** The next position, for what is kept elsewhere. */
  takePosition(): number {
    this.#events.skip();
    return this.#events.length;
  }

  at(position: number): RecordedEvent | undefined {
    return this.#events.at(position);
  }

  /** In the order in which they came. */
  organizations(): readonly StoredOrganization[] {
    return [...this.#organizations].map(([organizationId, { streams, positions }]) => ({
      organizationId,
      payments: streams.size,
      events: positions.length,
      position: positions.at(-1) ?? 0,
    }));
  }

  /** Forgets an organization as if it had never been; the positions of its events stay taken. */
  drop(organizationId: OrganizationId): StoredOrganization | undefined {
    this.#last = null;
    const dropped = this.organizations().find((each) => each.organizationId === organizationId);
    for (const position of this.#organizations.get(organizationId)?.positions ?? []) this.#events.forget(position);
    this.#organizations.delete(organizationId);
    this.#payments -= dropped?.payments ?? 0;
    return dropped;
  }

  /** Compresses the chunks that hold nothing else. */
  archive(isOld: (event: RecordedEvent) => boolean): Promise<MemoryArchive> {
    return this.#events.archive(isOld);
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
        if (at < 1 || at > this.length) return { events, next: this.#end(forward, start), end: true };
        const event = this.#events.at(at);
        if (event === undefined) continue;
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
    const organization: Organization = { streams: new ShardedMap(undefined, idHash), positions: [] };
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
      if (event !== undefined) this.#events.replace(freezeEvent(eraseEvent(event)));
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
