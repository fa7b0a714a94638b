// The filters of the list: they live in the address, so that a link shows the same list.

/** Names as in the API; what is empty is not in the address. */
const filterFields = [
  ...['q', 'currency', 'amount[gte]', 'amount[lte]', 'created[gte]', 'created[lt]', 'customer', 'reference'],
  ...['userId', 'workflowId', 'resourceId', 'processed[gte]', 'processed[lt]', 'updated[gte]', 'updated[lt]'],
] as const;

export const statuses = [
  ...['pending', 'processing', 'completed', 'failed', 'cancelled', 'partially_refunded', 'refunded', 'deleted'],
] as const;

const sorts = ['created', 'updated', 'amount', 'status'] as const;
export type SortKey = (typeof sorts)[number];

export interface ListSort {
  readonly by: SortKey;
  readonly descending: boolean;
}

export function sortOf(address: URLSearchParams): ListSort {
  const by = sorts.find((each) => each === address.get('sort')) ?? 'created';
  return { by, descending: address.get('order') !== 'asc' };
}

/** What the API is asked for the address: only names that it knows. */
export function queryOf(address: URLSearchParams): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of filterFields) {
    const value = address.get(name);
    if (value !== null && value !== '') query.set(name, value);
  }
  for (const status of address.getAll('status')) query.append('status', status);
  const { by, descending } = sortOf(address);
  query.set('sort', by);
  query.set('order', descending ? 'desc' : 'asc');
  return query;
}

/** The address with some fields changed; null takes one away. */
export function withFields(address: URLSearchParams, fields: Readonly<Record<string, string | null>>): string {
  const next = new URLSearchParams(address);
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === '') next.delete(name);
    else next.set(name, value);
  }
  return listAddress(next);
}

export function listAddress(query: URLSearchParams): string {
  return query.size === 0 ? '/payments' : `/payments?${query.toString()}`;
}
