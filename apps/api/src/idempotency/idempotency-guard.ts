// Idempotency-Key: ties a key to the command that it set off, before the command runs. The stream does the rest.

import {
  parseCommandId,
  parsePaymentId,
  type Clock,
  type CommandId,
  type IdempotencyPointer,
  type IdempotencyStore,
  type Ids,
  type OrganizationId,
  type PaymentId,
} from '@paystrata/application';
import { HttpProblem } from '../problems/http-problem.ts';
import { isRefusal } from './is-refusal.ts';

/** What a request is known by. */
interface KeyedRequest {
  readonly organizationId: OrganizationId;
  /** Method and pattern of the route, such as `POST /v1/payments/:id/process`. */
  readonly route: string;
  /** The Idempotency-Key; null: none, the request is done as it comes. */
  readonly key: string | null;
  readonly hash: () => string;
  /** The payment it is about; null: a new one, whose id is then chosen here. */
  readonly paymentId: PaymentId | null;
}

/** Under which ids the command runs. */
export interface CommandIdentity {
  readonly commandId: CommandId;
  /** The payment that the request is about, or makes. */
  readonly paymentId: PaymentId;
  /** True where the key was known: the command may have run before. */
  readonly known: boolean;
}

export interface IdempotencyGuard {
  /**
   * Runs the work under the ids that belong to the key: the same again for the same key. What is thrown as a refusal
   * is not remembered; what was done, or may have been, is.
   *
   * @throws HttpProblem `idempotency_in_flight`, `idempotency_key_reused`
   */
  run<Result>(request: KeyedRequest, work: (identity: CommandIdentity) => Promise<Result>): Promise<Result>;
}

interface Surroundings {
  readonly store: IdempotencyStore;
  readonly ids: Ids;
  readonly clock: Clock;
}

export function createIdempotencyGuard({ store, ids, clock }: Surroundings): IdempotencyGuard {
  /** Requests of this process. One of another process runs under the same command id, which acts once. */
  const inFlight = new Set<string>();

  async function claimed(request: KeyedRequest, key: string): Promise<IdempotencyPointer & { known: boolean }> {
    const { organizationId, route, hash } = request;
    const { commandId, paymentId } = newIdentity(request, ids);
    const mine = { organizationId, route, key, requestHash: hash(), paymentId, commandId, createdAt: clock.now() };
    const pointer = await store.claim(mine);
    if (pointer.requestHash !== mine.requestHash) {
      throw new HttpProblem('idempotency_key_reused', 'the key belongs to a request with another address or body', {
        param: 'Idempotency-Key',
      });
    }
    return { ...pointer, known: pointer.commandId !== commandId };
  }

  return {
    async run(request, work) {
      const { organizationId, route, key } = request;
      if (key === null) return work({ ...newIdentity(request, ids), known: false });
      const name = JSON.stringify([organizationId, route, key]);
      if (inFlight.has(name)) {
        throw new HttpProblem('idempotency_in_flight', 'the first request with this key is still under way', {
          param: 'Idempotency-Key',
          headers: { 'retry-after': '1' },
        });
      }
      inFlight.add(name);
      try {
        const { known, ...pointer } = await claimed(request, key);
        try {
          return await work({ commandId: pointer.commandId, paymentId: pointer.paymentId, known });
        } catch (error) {
          if (isRefusal(error)) await store.release(pointer);
          throw error;
        }
      } finally {
        inFlight.delete(name);
      }
    },
  };
}

function newIdentity({ paymentId }: KeyedRequest, ids: Ids): Omit<CommandIdentity, 'known'> {
  const commandId = parseCommandId(ids.next());
  const id = paymentId ?? parsePaymentId(ids.next());
  if (commandId === undefined || id === undefined) throw new Error('the Ids port made something that is no UUID');
  return { commandId, paymentId: id };
}
