// The client of a team that works with Temporal by name: commands that are waited for or only begun, payments from
// their workflows or from the cache, what a workflow is doing, and how much there was to do.

import {
  commandContext,
  createCommandBus,
  queryContext,
  type BulkResult,
  type Clock,
  type CommandContext,
  type CommandMap,
  type Ids,
  type Measurement,
  type PaymentKey,
  type PaymentStatistics,
  type Position,
  type SearchPage,
  type SearchPayments,
  type Statistics,
  type Strategy,
  type WriteResult,
} from '@paystrata/application';
import type { Payment } from '@paystrata/domain';
import type { Session } from '../strategy/session.ts';
import { createAnswerCache } from './answer-cache.ts';
import { beginCommand, commandDependencies, type AnyCommand } from './begin-command.ts';
import { settled } from './bulk.ts';
import type { StartedCommand, TemporalWriteModel } from './temporal-write-model.ts';
import { createWorkflowMetrics, type WorkflowMetrics } from './workflow-metrics.ts';

type CommandOf<Type extends keyof CommandMap> = Omit<CommandMap[Type]['input'], 'type'>;
type Context = Pick<CommandContext, 'organizationId'> & Partial<CommandContext>;

/** What the server says of a payment's workflow. */
export interface PaymentWorkflow {
  readonly workflowId: string;
  readonly runId: string;
  /** `RUNNING`, or how it ended: `COMPLETED` once the payment is deleted and archived. */
  readonly status: string;
  readonly taskQueue: string;
  /** Events of the current run's history. */
  readonly historyLength: number;
  readonly startedAt: Date;
}

/** `strong`: from the workflow itself. A position: not older than that, from the cache where it will do. */
export type Freshness = 'strong' | Position | null;

/** Refusals are values; what is refused is never tried again. Everything throws `PortFailure`s. */
export interface PaymentClient {
  create(command: CommandOf<'CreatePayment'>, context: Context): Promise<WriteResult>;
  process(command: CommandOf<'ProcessPayment'>, context: Context): Promise<WriteResult>;
  update(command: CommandOf<'UpdatePayment'>, context: Context): Promise<WriteResult>;
  delete(command: CommandOf<'DeletePayment'>, context: Context): Promise<WriteResult>;
  refund(command: CommandOf<'RefundPayment'>, context: Context): Promise<WriteResult>;
  /** Many creations, as many at once as `maxInFlight` allows; one result a command, in order. */
  createAll(commands: readonly CommandOf<'CreatePayment'>[], context: Context): Promise<readonly BulkResult[]>;
  /** Answers as soon as the command is taken; a command that no workflow can take is answered at once. */
  start(command: AnyCommand, context: Context): Promise<StartedCommand | WriteResult>;
  /** Waits for what came of a command that was started; may be asked again, by whichever process. */
  result(started: StartedCommand): Promise<WriteResult>;
  /** Null: there is no such payment. A payment in the cache is there for `paymentCacheTtlSeconds`, and until it is changed here. */
  payment(key: PaymentKey, freshness?: Freshness): Promise<Payment | null>;
  /** From the cache for `cacheTtlSeconds`, unless a position is asked for; what is written here empties it. */
  search(query: SearchPayments, context: Asking): Promise<SearchPage>;
  statistics(query: PaymentStatistics, context: Asking): Promise<Statistics>;
  /** Null: the server has no such workflow (any more). */
  describe(key: PaymentKey): Promise<PaymentWorkflow | null>;
  metrics(): WorkflowMetrics;
  measure(): readonly Measurement[];
}

type Asking = Pick<PaymentKey, 'organizationId'> & { readonly atLeast?: Position | null };

export interface PaymentClientOptions {
  readonly strategy: Strategy;
  readonly write: TemporalWriteModel;
  readonly session: () => Session;
  readonly ids: Ids;
  readonly clock: Clock;
  /** The cap on one payment, in minor units of its currency. */
  readonly maxAmount: bigint;
  /** How long answers to queries, and payments, are kept. */
  readonly cacheSeconds: { readonly queries: number; readonly payments: number };
}

export function createPaymentClient(options: PaymentClientOptions): PaymentClient {
  const { strategy, session, ids, clock, cacheSeconds } = options;
  const metrics = createWorkflowMetrics();
  const answers = createAnswerCache<unknown>(cacheSeconds.queries * 1000, clock);
  const payments = createAnswerCache<Payment>(cacheSeconds.payments * 1000, clock);
  const commands = createCommandBus({ ...commandDependencies(options), strategy });
  const projected = async (key: PaymentKey, atLeast: Position | null): Promise<Payment | null> => {
    const { organizationId, paymentId } = key;
    const context = queryContext({ organizationId, atLeast }, ids);
    return (await strategy.read.get({ type: 'GetPayment', paymentId, asOf: null }, context))?.payment ?? null;
  };

  const changed = (result: WriteResult): WriteResult => {
    if (!result.ok) return result;
    answers.forget(`${result.receipt.organizationId}/`);
    payments.put(nameOf(result.receipt), result.receipt.payment);
    return result;
  };
  const execute = async (command: AnyCommand, context: Context): Promise<WriteResult> =>
    changed(await metrics.command(() => commands.execute(command, commandContext(context, ids))));
  const ask = <Answer>(name: string, query: object, context: Asking, read: () => Promise<Answer>): Promise<Answer> => {
    const key = `${context.organizationId}/${name} ${JSON.stringify(query, bigints)}`;
    const fresh = context.atLeast !== undefined && context.atLeast !== null;
    const cached = fresh ? undefined : (answers.get(key) as Answer | undefined);
    return metrics.query(cached !== undefined, async () => cached ?? answers.put(key, await read()));
  };
  return {
    create: (command, context) => execute({ ...command, type: 'CreatePayment' }, context),
    process: (command, context) => execute({ ...command, type: 'ProcessPayment' }, context),
    update: (command, context) => execute({ ...command, type: 'UpdatePayment' }, context),
    delete: (command, context) => execute({ ...command, type: 'DeletePayment' }, context),
    refund: (command, context) => execute({ ...command, type: 'RefundPayment' }, context),
    createAll: (given, { commandId: _, ...context }) =>
      Promise.all(given.map((command) => settled(() => execute({ ...command, type: 'CreatePayment' }, context)))),
    start: (command, context) => metrics.command(() => beginCommand(options, command, commandContext(context, ids))),
    result: async (begun) => changed(await options.write.finish(begun)),
    payment: async (key, freshness = null) => {
      const found = freshness === 'strong' ? undefined : payments.get(nameOf(key));
      const cached = freshness === null || freshness === 'strong' || contains(found, freshness) ? found : undefined;
      return metrics.query(cached !== undefined, async () => {
        if (cached !== undefined) return cached;
        const read = freshness === 'strong' ? await session().records.paymentOf(key) : await projected(key, freshness);
        return read && payments.put(nameOf(key), read);
      });
    },
    search: (query, context) =>
      ask('search', query, context, () => strategy.read.search(query, queryContext(context, ids))),
    statistics: (query, context) =>
      ask('statistics', query, context, () => strategy.read.statistics(query, queryContext(context, ids))),
    describe: async (key) => {
      const found = await session().workflows.describe(key);
      if (found === null) return null;
      const { workflowId, runId, status, taskQueue, historyLength, startTime } = found;
      return { workflowId, runId, status: status.name, taskQueue, historyLength, startedAt: startTime };
    },
    metrics: () => metrics.read(),
    measure: () => metrics.measure(),
  };
}

function nameOf({ organizationId, paymentId }: PaymentKey): string {
  return `${organizationId}/${paymentId}`;
}

/** A payment in the cache will do where it is as new as the position says, or the position is of another payment. */
function contains(payment: Payment | undefined, { paymentId, version }: Position): boolean {
  return payment !== undefined && payment.id === paymentId && payment.version >= version;
}

function bigints(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
