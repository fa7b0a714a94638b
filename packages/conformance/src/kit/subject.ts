// What the kit asks of a strategy under test: how to make one, start it again and dispose of it.

import type { Clock, Ids, PaymentGateway, Strategy } from '@paystrata/application';

/** What the kit lends to the strategy. A store strategy needs none of it; one that calls the gateway itself does. */
export interface Surroundings {
  readonly clock: Clock;
  readonly ids: Ids;
  /** The sandbox gateway, whose ledger the kit compares with. */
  readonly gateway: PaymentGateway;
}

/** A strategy that is started and holds nothing of this case's organizations yet. */
export interface Subject {
  readonly strategy: Strategy;
  /**
   * Ends the strategy, as abruptly as can be, and starts another one on what it left. Absent: as `create`, which is
   * what a restart of a strategy without durable data comes to.
   */
  restart?(): Promise<Strategy>;
  /**
   * Another strategy on the same data at the same time, as another process would have it. Where it is given, races are
   * run from both. The kit stops it.
   */
  beside?(): Promise<Strategy>;
  dispose(): Promise<void>;
}

export interface ConformanceFactory {
  /**
   * Called once a case. The cases use organizations of their own and tolerate the payments of others, so strategies
   * may share a server and its data.
   */
  create(surroundings: Surroundings): Promise<Subject>;
  /** How large the cases are that come in any size: 1 for a strategy in memory, 0.1 for one at 100 commands a second. */
  readonly scale?: number;
  /** How long an eventual strategy may take to show what it acknowledged; 10 s where absent. */
  readonly patienceMs?: number;
}
