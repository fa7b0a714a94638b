// The read side of a strategy: payments and the questions about them. An organization sees its own only.

import type { OrganizationId } from '@paystrata/domain';
import type { Position } from '../events/position.ts';
import type { Analytics, PaymentDocument, SearchPage, Statistics, Suggestion } from '../read/answers.ts';
import type {
  GetPayment,
  PaymentAnalytics,
  PaymentStatistics,
  SearchPayments,
  SuggestPayments,
} from '../read/queries.ts';
import type { PaymentKey } from '../events/recorded-event.ts';

/** Where an answer comes from. */
export interface AnswerOrigin {
  /** Such as `sql`, `redis` or `cache`. */
  readonly source: string;
  /** The answer contains the log up to here. */
  readonly position: number;
}

/** Who asks, and how fresh the answer must be. */
export interface ReadContext {
  readonly organizationId: OrganizationId;
  /** The answer contains at least this commit; null: as fresh as the strategy's reads are. */
  readonly atLeast: Position | null;
  /** How long to wait for `atLeast`, in milliseconds. */
  readonly timeoutMs: number;
  /** Told where the answer came from, by strategies with more than one source; must not throw. */
  readonly onAnswered?: (origin: AnswerOrigin) => void;
}

/**
 * All methods throw `PortFailure`: `POSITION_UNKNOWN` at once for a position of another epoch or organization,
 * `POSITION_TIMEOUT` where `atLeast` was not reached in time – never an older answer – and `CAPABILITY_MISSING` where
 * the strategy cannot answer such a query at all.
 */
export interface ReadModel {
  /** Null: no such payment in this organization. A deleted payment is answered, with that status. */
  get(query: GetPayment, context: ReadContext): Promise<PaymentDocument | null>;
  /** @throws PortFailure `CURSOR_INVALID` for a cursor that is damaged or was made for other filters. */
  search(query: SearchPayments, context: ReadContext): Promise<SearchPage>;
  suggestions(query: SuggestPayments, context: ReadContext): Promise<readonly Suggestion[]>;
  statistics(query: PaymentStatistics, context: ReadContext): Promise<Statistics>;
  analytics(query: PaymentAnalytics, context: ReadContext): Promise<Analytics>;
  /**
   * Payments of all organizations whose attempts or refunds wait for a gateway's answer, in the order of the keys,
   * after the given one; for the effect runner.
   */
  awaitingGateway(after: PaymentKey | null, limit: number): Promise<readonly PaymentKey[]>;
}
