// Talks to the workflows of payments: sends commands as updates, asks for the record, lists what there is.

import { PortFailure, type PaymentKey } from '@paystrata/application';
import { parseOrganizationId, parsePaymentId } from '@paystrata/domain';
import { WithStartWorkflowOperation, type Client, type WorkflowHandle } from '@temporalio/client';
import {
  EXECUTE_UPDATE,
  PAYMENT_WORKFLOW,
  RECORD_QUERY,
  workflowIdOf,
  type OrderMessage,
  type Outcome,
  type PaymentInput,
  type PaymentRecord,
} from '../protocol/messages.ts';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';
import { queuesOf, type TemporalOptions } from '../strategy/options.ts';
import { again } from './again.ts';
import { endedFromOutside, isNotFound, outcomeUnknown, unavailable } from './client-failures.ts';
import { InFlight } from './in-flight.ts';

type Options = Pick<
  TemporalOptions,
  'taskQueue' | 'commandDeadlineMs' | 'gatewayTimeoutMs' | 'workflowTaskTimeoutMs' | 'maxInFlight'
>;

export class PaymentClient {
  readonly #client: Client;
  readonly #options: Options;
  readonly #inFlight: InFlight;

  constructor(client: Client, options: Options) {
    this.#client = client;
    this.#options = options;
    this.#inFlight = new InFlight(options.maxInFlight);
  }

  /**
   * Sends a command. Sent again under the same update id it acts once, and is answered as the first time.
   *
   * @param creates whether the payment's workflow is started where there is none.
   * @returns null where there is no such payment.
   * @throws PortFailure `OUTCOME_UNKNOWN`, `STORE_DAMAGED`
   */
  async execute(order: OrderMessage, updateId: string, creates: boolean): Promise<Outcome | null> {
    const { commandDeadlineMs } = this.#options;
    const id = workflowIdOf(order);
    const send = () => (creates ? this.#createBy(order, updateId) : this.#update(order, updateId));
    try {
      const wire = await this.#inFlight.run(id, () => {
        const deadline = Date.now() + commandDeadlineMs;
        return this.#client.withDeadline(deadline, () => again(deadline, send));
      });
      return fromWire<Outcome>(wire);
    } catch (error) {
      const status = isNotFound(error) || wasEnded(error) ? await this.#statusOf(order) : undefined;
      if (status === null) return null;
      if (status !== undefined && status !== 'RUNNING') throw endedFromOutside(order, status);
      throw outcomeUnknown(error, commandDeadlineMs);
    }
  }

  /** Resolves once every call has been answered. */
  drained(): Promise<void> {
    return this.#inFlight.drained();
  }

  /** The record itself, strongly consistent; null where there is no such payment. @throws PortFailure */
  async record(key: PaymentKey): Promise<PaymentRecord | null> {
    const query = () => this.#handle(key).query<Wire<PaymentRecord>, []>(RECORD_QUERY);
    try {
      const wire = await this.#inFlight.run('', () => this.#client.withDeadline(Date.now() + QUERY_DEADLINE_MS, query));
      return fromWire<PaymentRecord>(wire);
    } catch (error) {
      if (isNotFound(error)) return null;
      throw unavailable(error);
    }
  }

  /** The payments of this task queue, as far as the server's index has them. */
  async *list(): AsyncGenerator<PaymentKey> {
    const { taskQueue } = this.#options;
    const query = `WorkflowType = '${PAYMENT_WORKFLOW}' AND TaskQueue = '${taskQueue}' AND ExecutionStatus = 'Running'`;
    for await (const { workflowId } of this.#client.workflow.list({ query })) {
      const [, organization = '', payment = ''] = workflowId.split('/');
      const organizationId = parseOrganizationId(organization);
      const paymentId = parsePaymentId(payment);
      if (organizationId !== undefined && paymentId !== undefined) yield { organizationId, paymentId };
    }
  }

  #update(order: OrderMessage, updateId: string): Promise<Wire<Outcome>> {
    return this.#handle(order).executeUpdate<Wire<Outcome>, [Wire<OrderMessage>]>(EXECUTE_UPDATE, {
      updateId,
      args: [toWire(order)],
    });
  }

  #createBy(order: OrderMessage, updateId: string): Promise<Wire<Outcome>> {
    const { taskQueue, gatewayTimeoutMs, workflowTaskTimeoutMs } = this.#options;
    const { organizationId, paymentId } = order;
    const input: PaymentInput = {
      ...{ organizationId, paymentId, gatewayTimeoutMs, events: [], projected: 0 },
      ...queuesOf({ taskQueue }),
    };
    const startWorkflowOperation = new WithStartWorkflowOperation<(wire: Wire<PaymentInput>) => Promise<void>>(
      PAYMENT_WORKFLOW,
      {
        workflowId: workflowIdOf(order),
        taskQueue,
        args: [toWire(input)],
        // An id is one payment for ever: a second run would begin it anew, empty.
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowIdReusePolicy: 'REJECT_DUPLICATE',
        workflowTaskTimeout: workflowTaskTimeoutMs,
      },
    );
    return this.#client.workflow.executeUpdateWithStart<
      (wire: Wire<PaymentInput>) => Promise<void>,
      Wire<Outcome>,
      [Wire<OrderMessage>]
    >(EXECUTE_UPDATE, { startWorkflowOperation, updateId, args: [toWire(order)] });
  }

  #handle(key: PaymentKey): WorkflowHandle {
    return this.#client.workflow.getHandle(workflowIdOf(key));
  }

  /** Null: there never was such a workflow, or its history was deleted. */
  async #statusOf(key: PaymentKey): Promise<string | null> {
    try {
      const { status } = await this.#handle(key).describe();
      return status.name;
    } catch (error) {
      if (isNotFound(error)) return null;
      throw error instanceof PortFailure ? error : unavailable(error);
    }
  }
}

const QUERY_DEADLINE_MS = 120_000;

function wasEnded(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
}
