// The progress of subscriptions in memory: for one process, and for tests that move its clock.

import type { Clock } from '../ports/clock.ts';
import type { DeadLetter, Lease, SubscriptionStore } from '../ports/subscriptions.ts';

interface Entry {
  owner: string | null;
  fencingToken: number;
  expiresAt: number;
  checkpoint: number;
  readonly letters: Map<number, DeadLetter>;
}

/** Lasts as long as the process. Every call is one step: nothing is awaited within. */
export function createMemorySubscriptionStore(clock: Clock): SubscriptionStore {
  const entries = new Map<string, Entry>();
  const entryOf = (subscription: string) => obtainEntry(entries, subscription);
  const isFree = ({ owner, expiresAt }: Entry) => owner === null || expiresAt <= clock.now();
  const held = ({ subscription, owner, fencingToken }: Lease): Entry | null => {
    const entry = entryOf(subscription);
    return entry.owner === owner && entry.fencingToken === fencingToken ? entry : null;
  };
  const lettersOf = (subscription: string) =>
    [...entryOf(subscription).letters.values()].sort((a, b) => a.position - b.position);
  return {
    acquire: async (subscription, owner, ttlMs) => {
      const entry = entryOf(subscription);
      if (entry.owner !== owner && !isFree(entry)) return null;
      if (entry.owner !== owner) entry.fencingToken++;
      entry.owner = owner;
      entry.expiresAt = clock.now() + ttlMs;
      return { subscription, owner, fencingToken: entry.fencingToken, checkpoint: entry.checkpoint };
    },
    renew: async (lease, ttlMs) => {
      const entry = held(lease);
      if (entry !== null) entry.expiresAt = clock.now() + ttlMs;
      return entry !== null;
    },
    advance: async (lease, checkpoint, deadLetters = []) => {
      const entry = held(lease);
      if (entry === null) return false;
      entry.checkpoint = checkpoint;
      const { subscription } = lease;
      for (const letter of deadLetters)
        entry.letters.set(letter.position, { ...letter, subscription, at: clock.now() });
      return true;
    },
    release: async (lease) => {
      const entry = held(lease);
      if (entry !== null) entry.owner = null;
    },
    checkpoint: async (subscription) => entryOf(subscription).checkpoint,
    reset: async (subscription, checkpoint) => {
      const entry = entryOf(subscription);
      if (!isFree(entry)) return false;
      // Whoever held the lease before it ran out may still be there: its token is of no use any more.
      entry.fencingToken++;
      entry.owner = null;
      entry.checkpoint = checkpoint;
      return true;
    },
    deadLetters: async (subscription, after, limit) =>
      lettersOf(subscription)
        .filter(({ position }) => position > after)
        .slice(0, limit),
    firstDeadLetter: async (subscription, stream) =>
      lettersOf(subscription).find((letter) => letter.stream === stream)?.position ?? null,
    removeDeadLetter: async (subscription, position) => {
      entryOf(subscription).letters.delete(position);
    },
  };
}

function obtainEntry(entries: Map<string, Entry>, subscription: string): Entry {
  const found = entries.get(subscription);
  if (found !== undefined) return found;
  const made = { owner: null, fencingToken: 0, expiresAt: 0, checkpoint: 0, letters: new Map() };
  entries.set(subscription, made);
  return made;
}
