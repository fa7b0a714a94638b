// For tests: payments that come, change, go and are searched for, the same ones for the same seed.

import { everyPayment, type ReadContext, type SearchPayments, type Strategy } from '@paystrata/application';
import { acme } from '@paystrata/conformance/random-payments';
import { instantOf, type PaymentCommand, type PaymentStatus } from '@paystrata/domain';
import { creation, order } from './orders.ts';

export type ChurnKind = 'create' | 'update' | 'delete' | 'search';
export const churnKinds: readonly ChurnKind[] = ['create', 'update', 'delete', 'search'];

const context: ReadContext = { organizationId: acme, atLeast: null, timeoutMs: 0 };
const start = Date.UTC(2026, 1, 1);

export class Churn {
  readonly #strategy: Strategy;
  readonly #below: (limit: number) => number;
  /** Which payments there are: what every answer is compared with. */
  readonly statuses: PaymentStatus[] = [];
  #operations = 0;

  constructor(strategy: Strategy, seed: number) {
    this.#strategy = strategy;
    this.#below = randomBelow(seed);
  }

  /** One operation. @returns its kind. @throws Error where it is answered wrongly. */
  async step(): Promise<ChurnKind> {
    this.#operations += 1;
    const draw = this.#below(100);
    const number = this.#below(this.statuses.length);
    if (draw < 40 || this.statuses.length === 0) return this.#create();
    if (draw < 65) return this.#change('update', number);
    if (draw < 80) return this.#change('delete', number);
    await this.#search(number);
    return 'search';
  }

  /** How many there are of a status. */
  count(status: PaymentStatus): number {
    return this.statuses.filter((each) => each === status).length;
  }

  async #create(): Promise<ChurnKind> {
    const result = await this.#strategy.write.execute(creation(this.statuses.length));
    if (!result.ok) throw new Error(result.rejection.message);
    this.statuses.push('pending');
    return 'create';
  }

  async #change(kind: 'update' | 'delete', number: number): Promise<ChurnKind> {
    const now = instantOf(start + this.#operations);
    const command: PaymentCommand =
      kind === 'delete'
        ? { type: 'DeletePayment', now, reason: null }
        : {
            ...{ type: 'UpdatePayment', now, maxAmount: 10_000n, stated: { amount: null, currency: null } },
            personal: { description: `change ${this.#operations}` },
          };
    const result = await this.#strategy.write.execute(order(number, `${kind}-${this.#operations}`, acme, command));
    const isDeleted = this.statuses[number] === 'deleted';
    if (result.ok === isDeleted) throw new Error(`a deleted payment was ${result.ok ? 'changed' : 'not there'}`);
    if (kind === 'delete') this.statuses[number] = 'deleted';
    return kind;
  }

  /** One payment by its reference, and a page in one of the orders. */
  async #search(number: number): Promise<void> {
    const sort = { by: this.#below(2) === 0 ? 'updated' : 'amount', descending: this.#below(2) === 0 } as const;
    const reference = `invoice-${number}`;
    const query: SearchPayments = {
      ...{ type: 'SearchPayments', limit: 20, cursor: null, page: null, sort },
      filter: { ...everyPayment, reference: this.#below(2) === 0 ? reference : null },
    };
    const { payments } = await this.#strategy.read.search(query, context);
    const isThere = this.statuses[number] !== 'deleted';
    if (query.filter.reference !== null && payments.length !== Number(isThere)) {
      throw new Error(`payment ${number} was found ${payments.length} times`);
    }
  }
}

/** The generator mulberry32 of Tommy Ettinger. */
function randomBelow(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}
