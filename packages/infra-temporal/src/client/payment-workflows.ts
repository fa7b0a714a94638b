// Talks to the workflows of payments: sends commands as updates, asks for the record, lists what there is.

import type { PaymentKey } from '@paystrata/application';
import { parseOrganizationId, parsePaymentId } from '@paystrata/domain';
import {
  WithStartWorkflowOperation,
  type Client,
  type WorkflowExecutionDescription,
  type WorkflowHandle,
} from '@temporalio/client';
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
import { organizationAttribute } from '../protocol/search-attributes.ts';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';
import { queuesOf, type TemporalOptions } from '../strategy/options.ts';
import { again } from './again.ts';
import { endedFromOutside, isNotFound, outcomeUnknown, unavailable } from './client-failures.ts';
import { InFlight } from './in-flight.ts';

type EntityWorkflow = (wire: Wire<PaymentInput>) => Promise<void>;

type Options = Pick<
  TemporalOptions,
  | 'taskQueue'
  | 'commandDeadlineMs'
  | 'queryDeadlineMs'
  | 'gatewayTimeoutMs'
  | 'workflowTaskTimeoutMs'
  | 'maxInFlight'
  | 'searchAttributes'
  | 'archive'
>;

/** A command that was taken durably, and what to ask for its result by. */
export interface BegunCommand {
  readonly workflowId: string;
  readonly runId: string | null;
  readonly updateId: string;
}

export class PaymentWorkflows {
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
   * @returns null where there is no workflow that could take it: none ever, or one that ended with its payment.
   * @throws PortFailure `OUTCOME_UNKNOWN`, `STORE_DAMAGED`
   */
  async execute(order: OrderMessage, updateId: string, creates: boolean): Promise<Outcome | null> {
    const wire = await this.#sent(order, () =>
      creates ? this.#createBy(order, updateId) : this.#update(order, updateId),
    );
    return wire && fromWire<Outcome>(wire);
  }

  /** Sends until it is answered, or the deadline is over; null where no workflow could take it. */
  async #sent<Answer>(order: OrderMessage, send: () => Promise<Answer>): Promise<Answer | null> {
    const { commandDeadlineMs } = this.#options;
    try {
      return await this.#inFlight.run(workflowIdOf(order), () => {
        const deadline = Date.now() + commandDeadlineMs;
        return this.#client.withDeadline(deadline, () => again(deadline, send));
      });
    } catch (error) {
      const status = isNotFound(error) || wasEnded(error) ? await this.#statusOf(order) : undefined;
      if (status === null || status === 'COMPLETED') return null;
      if (status !== undefined && status !== 'RUNNING') throw endedFromOutside(order, status);
      throw outcomeUnknown(error, commandDeadlineMs);
    }
  }

  /**
   * As `execute`, but answers once the command is taken: whatever dies then, it is carried out. Its result is asked for
   * by `resultOf`.
   */
  async begin(order: OrderMessage, updateId: string, creates: boolean): Promise<BegunCommand | null> {
    const workflowId = workflowIdOf(order);
    const args: [Wire<OrderMessage>] = [toWire(order)];
    const options = { updateId, args, waitForStage: 'ACCEPTED' } as const;
    return this.#sent(order, async () => {
      const { workflowRunId = null } = creates
        ? await this.#client.workflow.startUpdateWithStart<EntityWorkflow, Wire<Outcome>, [Wire<OrderMessage>]>(
            EXECUTE_UPDATE,
            { ...options, startWorkflowOperation: this.#starting(order) },
          )
        : await this.#handle(order).startUpdate<Wire<Outcome>, [Wire<OrderMessage>]>(EXECUTE_UPDATE, options);
      return { workflowId, runId: workflowRunId, updateId };
    });
  }

  /** What came of a command; waits for it. @throws PortFailure `OUTCOME_UNKNOWN` */
  async resultOf({ workflowId, runId, updateId }: BegunCommand): Promise<Outcome> {
    const { commandDeadlineMs } = this.#options;
    const deadline = Date.now() + commandDeadlineMs;
    const run = this.#client.workflow.getHandle(workflowId, runId ?? undefined);
    const ask = () => run.getUpdateHandle<Wire<Outcome>>(updateId).result();
    try {
      return fromWire<Outcome>(await this.#client.withDeadline(deadline, () => again(deadline, ask)));
    } catch (error) {
      throw outcomeUnknown(error, commandDeadlineMs);
    }
  }

  /** What the server says of the payment's workflow; null where there is none. @throws PortFailure */
  async describe(key: PaymentKey): Promise<WorkflowExecutionDescription | null> {
    try {
      return await this.#handle(key).describe();
    } catch (error) {
      if (isNotFound(error)) return null;
      throw unavailable(error);
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
      const wire = await this.#inFlight.run('', () =>
        this.#client.withDeadline(Date.now() + this.#options.queryDeadlineMs, query),
      );
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
    return this.#client.workflow.executeUpdateWithStart<EntityWorkflow, Wire<Outcome>, [Wire<OrderMessage>]>(
      EXECUTE_UPDATE,
      { startWorkflowOperation: this.#starting(order), updateId, args: [toWire(order)] },
    );
  }

  #starting(order: OrderMessage): WithStartWorkflowOperation<EntityWorkflow> {
    const { taskQueue, gatewayTimeoutMs, workflowTaskTimeoutMs, searchAttributes, archive } = this.#options;
    const { organizationId, paymentId } = order;
    const input: PaymentInput = {
      ...{ organizationId, paymentId, gatewayTimeoutMs, events: [], projected: 0 },
      ...queuesOf({ taskQueue }),
      ...(archive.kind !== 'none' && { archives: true }),
      ...(searchAttributes && { searchable: true }),
    };
    return new WithStartWorkflowOperation<EntityWorkflow>(PAYMENT_WORKFLOW, {
      workflowId: workflowIdOf(order),
      taskQueue,
      args: [toWire(input)],
      // An id is one payment for ever: a second run would begin it anew, empty.
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      workflowTaskTimeout: workflowTaskTimeoutMs,
      ...(searchAttributes && { typedSearchAttributes: [{ key: organizationAttribute, value: organizationId }] }),
    });
  }

  #handle(key: PaymentKey): WorkflowHandle {
    return this.#client.workflow.getHandle(workflowIdOf(key));
  }

  /** Null: there never was such a workflow, or its history was deleted. */
  async #statusOf(key: PaymentKey): Promise<string | null> {
    return (await this.describe(key))?.status.name ?? null;
  }
}

function wasEnded(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
}
