// Follows a log and keeps what its events come to.

import { readPages, type LogSource } from './log-reader.ts';
import { createPaymentDocuments, type PaymentDocuments } from './payment-documents.ts';
import { singleFlight } from './single-flight.ts';

/** What a log comes to, up to a position. */
interface Folded {
  readonly documents: PaymentDocuments;
  readonly position: number;
}

export interface LogFold {
  /** Reads the log to its end as it is when this is called, or later. */
  catchUp(): Promise<void>;
  /** Folds the whole log again. Readers see the old fold until then. */
  refold(): Promise<void>;
  current(): Folded;
}

/** A fold of nothing; it begins again by itself when the log's epoch changes. */
export function createLogFold(source: LogSource, pageSize?: number): LogFold {
  let state = emptyFold(null);
  const catchUp = singleFlight(async () => {
    const epoch = source.epoch();
    // A fold from the beginning goes on beside the old one: nobody is answered from a half of it.
    const next = state.epoch === epoch ? state : emptyFold(epoch);
    const from = next.position === 0 ? null : next.position;
    for await (const page of readPages(source, { from, ...(pageSize !== undefined && { pageSize }) })) {
      for (const event of page.events) {
        next.documents.apply(event);
        next.position = event.position;
      }
    }
    state = next;
  });
  return {
    catchUp,
    refold: () => {
      state = { ...state, epoch: null };
      return catchUp();
    },
    current: () => state,
  };
}

/** Without an epoch, it is to be folded anew. */
function emptyFold(epoch: string | null): { epoch: string | null; documents: PaymentDocuments; position: number } {
  return { epoch, documents: createPaymentDocuments(), position: 0 };
}
