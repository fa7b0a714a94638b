// The order in which events came of one another.

import type { RecordedEvent } from '../events/recorded-event.ts';

/**
 * In causal order: what caused an event (the event, or those of the command, that its causation id names) and the
 * payment's versions before it come first; apart from that, by position. Events of other correlations are not asked for.
 */
export function inCausalOrder(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  const byPosition = [...events].sort((a, b) => a.position - b.position);
  const index = indexOf(byPosition);
  const ordered = new Set<RecordedEvent>();
  const underWay = new Set<RecordedEvent>();
  for (const event of byPosition) {
    // A stack of its own: chains of causes can be longer than the call stack is deep.
    const stack = [event];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      underWay.add(top);
      const missing = causesOf(top, index).find((cause) => !ordered.has(cause) && !underWay.has(cause));
      if (missing === undefined) {
        ordered.add(top);
        stack.pop();
      } else {
        stack.push(missing);
      }
    }
  }
  return [...ordered];
}

interface CauseIndex {
  readonly ids: ReadonlyMap<string, readonly RecordedEvent[]>;
  readonly versions: ReadonlyMap<string, RecordedEvent>;
}

function indexOf(events: readonly RecordedEvent[]): CauseIndex {
  const ids = new Map<string, RecordedEvent[]>();
  const versions = new Map<string, RecordedEvent>();
  for (const event of events) {
    for (const id of [event.eventId, event.commandId]) {
      const named = ids.get(id) ?? [];
      named.push(event);
      ids.set(id, named);
    }
    versions.set(`${event.paymentId}/${event.version}`, event);
  }
  return { ids, versions };
}

function causesOf({ paymentId, version, causationId, commandId }: RecordedEvent, { ids, versions }: CauseIndex) {
  const before = versions.get(`${paymentId}/${version - 1}`);
  const named = causationId === null ? [] : (ids.get(causationId) ?? []);
  const others = named.filter((event) => event.commandId !== commandId);
  return before === undefined ? others : [before, ...others];
}
