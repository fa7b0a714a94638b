// What could identify a person, kept as a part of its own so that it can be sealed and erased.

/** Who pays or is paid. */
export interface Customer {
  readonly name: string | null;
  readonly email: string | null;
}

/** Everything about a payment that could identify a person. */
export interface PersonalData {
  readonly customer: Customer | null;
  readonly description: string | null;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A change of personal data: a field that is absent stays as it is; `metadata` is the whole new map. */
export interface PersonalDataChange {
  readonly customer?: Customer | null;
  readonly description?: string | null;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** A change as a caller asks for it (RFC 7396): absent stays, null removes, objects are merged. */
export interface PersonalDataPatch {
  readonly customer?: { readonly name?: string | null; readonly email?: string | null } | null;
  readonly description?: string | null;
  readonly metadata?: Readonly<Record<string, string | null>>;
}

export const noPersonalData: PersonalData = Object.freeze({
  customer: null,
  description: null,
  metadata: Object.freeze({}),
});

/** How many characters the data holds; fixed in the event, because erasing the data must not change the sum. */
export function personalDataSize(data: PersonalDataChange): number {
  let size = (data.description?.length ?? 0) + (data.customer?.name?.length ?? 0) + (data.customer?.email?.length ?? 0);
  for (const [key, value] of Object.entries(data.metadata ?? {})) size += key.length + value.length;
  return size;
}

/** What a patch comes to, given the data it is for. */
export function mergePersonalData(data: PersonalData, patch: PersonalDataPatch): PersonalDataChange {
  const { customer, description, metadata } = patch;
  return {
    ...(customer === undefined ? {} : { customer: mergeCustomer(data.customer, customer) }),
    ...(description === undefined ? {} : { description }),
    ...(metadata === undefined ? {} : { metadata: mergeMetadata(data.metadata, metadata) }),
  };
}

function mergeCustomer(
  current: Customer | null,
  patch: NonNullable<PersonalDataPatch['customer']> | null,
): Customer | null {
  if (patch === null) return null;
  const merged = { name: null, email: null, ...current, ...patch };
  return merged.name === null && merged.email === null ? null : merged;
}

function mergeMetadata(
  current: PersonalData['metadata'],
  patch: NonNullable<PersonalDataPatch['metadata']>,
): PersonalData['metadata'] {
  const merged = new Map(Object.entries(current));
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) merged.delete(key);
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}
