// Bringing events of the past into today's shape, one version at a time, when they are read. What is stored stays.

import type { PaymentEventType } from '@paystrata/domain';

/** An event as JSON, its envelope included. */
export type StoredJson = Readonly<Record<string, unknown>>;

/** Makes of an event of one version the same event of the next version. Pure; may not guess what was not recorded. */
export type Upcaster = (event: StoredJson) => StoredJson;

/** By type, then by the version that is read: `upcasters.PaymentCreated?.[1]` makes version 2 of version 1. */
export type Upcasters = { readonly [Type in PaymentEventType]?: Readonly<Record<number, Upcaster>> };

/**
 * All of them, for ever. When the shape of an event changes by more than a new optional field: raise its version in
 * `schema-versions.ts`, add the upcaster here, keep the old golden file and add one for the new version.
 */
export const upcasters: Upcasters = Object.freeze({});

/**
 * The event in the shape of `newest`, which its `schemaVersion` then says.
 *
 * @returns the version for which there is no upcaster, where the way is broken.
 */
export function upcast(
  event: StoredJson,
  type: PaymentEventType,
  from: number,
  newest: number,
  known: Upcasters,
): StoredJson | number {
  let current = event;
  for (let version = from; version < newest; version++) {
    const step = known[type]?.[version];
    if (step === undefined) return version;
    current = { ...step(current), schemaVersion: version + 1 };
  }
  return current;
}
