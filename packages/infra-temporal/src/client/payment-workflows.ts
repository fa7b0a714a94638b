// Talks to the workflows of payments: sends commands as updates, asks for the record, lists what there is.

import type { PaymentKey } from '@paystrata/application';
import { decide, evolveAll, parseOrganizationId, parsePaymentId, type PaymentState } from '@paystrata/domain';
import type { Client, WorkflowExecutionDescription, WorkflowHandle } from '@temporalio/client';
import {
  ADOPT_UPDATE,
  EXECUTE_UPDATE,
  PAYMENT_WORKFLOW,
  RECORD_QUERY,
  workflowIdOf,
  type AdoptionOutcome,
  type OrderMessage,
  type Outcome,
  type PaymentRecord,
  type ProjectionMessage,
  type WorkflowEvent,
} from '../protocol/messages.ts';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';
import type { TemporalOptions } from '../strategy/options.ts';
import { again } from './again.ts';
import { endedFromOutside, isNotFound, outcomeUnknown, unavailable } from './client-failures.ts';
import { InFlight } from './in-flight.ts';
import { startingPayment, type EntityWorkflow, type StartOptions } from './starting-payment.ts';

type Options = StartOptions & Pick<TemporalOptions, 'commandDeadlineMs' | 'queryDeadlineMs' | 'maxInFlight'>;

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
  async #sent<Answer>(order: PaymentKey, send: () => Promise<Answer>): Promise<Answer | null> {
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
            { ...options, startWorkflowOperation: startingPayment(order, createdBy(order), this.#options) },
          )
        : await this.#handle(order).startUpdate<Wire<Outcome>, [Wire<OrderMessage>]>(EXECUTE_UPDATE, options);
      return { workflowId, runId: workflowRunId, updateId };
    });
  }

  /**
   * Hands events over that another log recorded; the same again changes nothing.
   *
   * @param creates the payment that they come to, where its workflow is started if there is none; else null.
   * @returns null where there is no workflow that could take them.
   * @throws PortFailure as `execute`
   */
  async adopt(
    { events, ...key }: ProjectionMessage,
    creates: PaymentState,
    updateId: string,
  ): Promise<AdoptionOutcome | null> {
    const args: [Wire<readonly WorkflowEvent[]>] = [toWire(events)];
    const wire = await this.#sent(key, () =>
      creates === null
        ? this.#handle(key).executeUpdate<Wire<AdoptionOutcome>, typeof args>(ADOPT_UPDATE, { updateId, args })
        : this.#client.workflow.executeUpdateWithStart<EntityWorkflow, Wire<AdoptionOutcome>, typeof args>(
            ADOPT_UPDATE,
            { startWorkflowOperation: startingPayment(key, creates, this.#options), updateId, args },
          ),
    );
    return wire && fromWire<AdoptionOutcome>(wire);
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
      {
        startWorkflowOperation: startingPayment(order, createdBy(order), this.#options),
        updateId,
        args: [toWire(order)],
      },
    );
  }

  #handle(key: PaymentKey): WorkflowHandle {
    return this.#client.workflow.getHandle(workflowIdOf(key));
  }

  /** Null: there never was such a workflow, or its history was deleted. */
  async #statusOf(key: PaymentKey): Promise<string | null> {
    return (await this.describe(key))?.status.name ?? null;
  }
}

/** The payment as its creation makes it. */
function createdBy({ command }: OrderMessage): PaymentState {
  const decision = decide(command, null);
  return decision.accepted ? evolveAll(null, decision.events) : null;
}

function wasEnded(error: unknown): boolean {
  return error instanceof Error && error.name === 'WorkflowExecutionAlreadyStartedError';
}
