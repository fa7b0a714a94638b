// How the fields of queries are called in a URL: clients are told of the names that they sent.

import { InvalidMessage } from '@paystrata/application';

const names: ReadonlyMap<string, string> = new Map([
  ['filter.statuses', 'status'],
  ['filter.currencies', 'currency'],
  ['filter.minAmount', 'amount[gte]'],
  ['filter.maxAmount', 'amount[lte]'],
  ['filter.created.from', 'created[gte]'],
  ['filter.created.to', 'created[lt]'],
  ['filter.updated.from', 'updated[gte]'],
  ['filter.updated.to', 'updated[lt]'],
  ['filter.processed.from', 'processed[gte]'],
  ['filter.processed.to', 'processed[lt]'],
  ['filter.text', 'q'],
  ['filter.types', 'type'],
  ['filter.recorded.from', 'from'],
  ['filter.recorded.to', 'to'],
  ['range.from', 'from'],
  ['range.to', 'to'],
  ['sort.by', 'sort'],
  ['sort.descending', 'order'],
]);

/** Asks, and tells of what is malformed in the words of the URL. @throws InvalidMessage */
export async function inWireNames<Answer>(ask: Promise<Answer>): Promise<Answer> {
  try {
    return await ask;
  } catch (error) {
    if (!(error instanceof InvalidMessage)) throw error;
    throw new InvalidMessage(
      'query',
      error.issues.map(({ path, message }) => ({ path: wireNameOf(path), message })),
    );
  }
}

/** A path that is the same on the wire is left alone. */
function wireNameOf(path: string): string {
  return names.get(path) ?? names.get(path.replace(/\.\d+$/, '')) ?? path.replace(/^filter\./, '');
}
