// The write side: commands become updates of the payment's workflow, which decides and records. What is personal in
// them is sealed before, and opened again in receipts.

import { decide, noPersonalData, type Rejection, type SubjectId } from '@paystrata/domain';
import type {
  BulkResult,
  Ids,
  PaymentKey,
  Receipt,
  RecordedEvent,
  WriteModel,
  WriteOrder,
  WriteResult,
} from '@paystrata/application';
import type { PaymentArchive } from '../archive/payment-archive.ts';
import type { OpenedEvents, PersonalSeals } from '../personal/personal-seals.ts';
import type { OrderMessage, Outcome, WorkflowEvent } from '../protocol/messages.ts';
import { executeBulk } from './bulk.ts';
import { wrongVersion } from './client-failures.ts';
import type { BegunCommand, PaymentWorkflows } from './payment-workflows.ts';

export interface TemporalWriteModelOptions {
  readonly workflows: Pick<PaymentWorkflows, 'execute' | 'begin' | 'resultOf'>;
  /** Null: no workflow ends. */
  readonly archive: PaymentArchive | null;
  readonly seals: PersonalSeals;
  readonly ids: Ids;
  /** Names the life of the projected log, which positions belong to. */
  readonly epoch: () => string;
  /** Whose personal data a payment holds; null where there is no such payment. */
  readonly subjectOf: (key: PaymentKey) => Promise<SubjectId | null>;
  /** The events up to a version, open, those given at least, and what is personal then. */
  readonly openAt: (key: PaymentKey, version: number, own: readonly WorkflowEvent[]) => Promise<OpenedEvents>;
  /** Is given what is committed to the archive, where no workflow hands it to the projection. */
  readonly onArchived: (receipt: Receipt) => Promise<void>;
  /**
   * Resolves once the erasure is projected: it purges all that the projection shows of the subject, so what is recorded
   * after it was answered has to be projected after it.
   */
  readonly onErased: (key: PaymentKey) => Promise<void>;
}

/** A command that a workflow has taken: whatever dies now, it is carried out. */
export interface StartedCommand extends PaymentKey, BegunCommand {}

export class TemporalWriteModel implements WriteModel {
  readonly #options: TemporalWriteModelOptions;

  constructor(options: TemporalWriteModelOptions) {
    this.#options = options;
  }

  async execute(order: WriteOrder): Promise<WriteResult> {
    const { workflows } = this.#options;
    const { creates, message, archived } = await this.#prepare(order);
    if (archived !== null) return archived;
    let outcome = await workflows.execute(message, order.commandId, creates);
    if (outcome !== null && outcome.callId !== message.callId && !isFinal(outcome)) {
      // The server remembers what an earlier call was told. That may be out of date, and refusals are not remembered.
      outcome = await workflows.execute(message, `${order.commandId}/${message.callId}`, creates);
    }
    if (outcome === null) return this.#withoutWorkflow(order);
    return this.#resultOf(order, outcome, message.callId);
  }

  executeBulk(orders: readonly WriteOrder[]): Promise<readonly BulkResult[]> {
    return executeBulk(orders, (order) => this.execute(order));
  }

  /** Resolves once the command is taken durably; what cannot be taken is answered at once. @throws PortFailure */
  async begin(order: WriteOrder): Promise<StartedCommand | WriteResult> {
    const { creates, message, archived } = await this.#prepare(order);
    if (archived !== null) return archived;
    const begun = await this.#options.workflows.begin(message, order.commandId, creates);
    if (begun === null) return this.#withoutWorkflow(order);
    const { organizationId, paymentId } = order;
    return { organizationId, paymentId, ...begun };
  }

  /** Waits for what came of a command that was begun. @throws PortFailure */
  async finish(started: StartedCommand): Promise<WriteResult> {
    const outcome = await this.#options.workflows.resultOf(started);
    return this.#resultOf(started, outcome, outcome.callId);
  }

  /** A creation that is refused anyway must not start a workflow, which would stay empty; but the payment may exist. */
  async #prepare(order: WriteOrder) {
    const { archive, seals, ids, subjectOf } = this.#options;
    const creates = isCreation(order) && refusalOf(order) === null;
    const archived = creates ? await this.#archived(order, archive) : null;
    const message: OrderMessage = { ...order, ...(await seals.seal(order, subjectOf)), callId: ids.next() };
    return { creates, archived, message };
  }

  async #withoutWorkflow(order: WriteOrder): Promise<WriteResult> {
    const archived = await this.#archived(order, this.#options.archive);
    if (archived !== null) return archived;
    return { ok: false, rejection: refusalOf(order) ?? impossible(order) };
  }

  async #archived(order: WriteOrder, archive: PaymentArchive | null): Promise<WriteResult | null> {
    const result = (await archive?.execute(order)) ?? null;
    if (result === null || !result.ok) return result;
    const { receipt } = result;
    if (!receipt.replayed && receipt.events.length > 0) await this.#options.onArchived(receipt);
    return { ok: true, receipt: this.#placed(order, receipt) };
  }

  async #resultOf(key: PaymentKey, outcome: Outcome, callId: string): Promise<WriteResult> {
    switch (outcome.kind) {
      case 'refused':
        return { ok: false, rejection: outcome.rejection };
      case 'wrong_version':
        throw wrongVersion(key, outcome.expected, outcome.actual);
      case 'done':
        return { ok: true, receipt: await this.#receiptOf(key, outcome, callId) };
    }
  }

  async #receiptOf(key: PaymentKey, outcome: Extract<Outcome, { kind: 'done' }>, callId: string): Promise<Receipt> {
    const { seals, onErased } = this.#options;
    const { subject, version } = outcome.payment;
    const own = outcome.events;
    // Before it is answered: afterwards nothing must be able to open it, and nothing show it.
    for (const event of own) await seals.destroyFor(event);
    if (own.some(({ type }) => type === 'PersonalDataErased')) await onErased(key);
    const opened = outcome.sealedBefore
      ? await this.#options.openAt(key, version, own)
      : await seals.open(subject, own, noPersonalData);
    const ownVersions = new Set(own.map((event) => event.version));
    return this.#placed(key, {
      payment: { ...outcome.payment, personal: opened.personal },
      events: opened.events.filter((event) => ownVersions.has(event.version)),
      replayed: outcome.replayed || outcome.callId !== callId,
    });
  }

  #placed(
    { organizationId, paymentId }: PaymentKey,
    { payment, events, replayed }: Pick<Receipt, 'payment' | 'replayed'> & { readonly events: readonly Placeless[] },
  ): Receipt {
    const { version } = payment;
    const position = { epoch: this.#options.epoch(), organizationId, paymentId, version, position: null };
    const placed = events.map((event) => ({ ...event, position: NOT_PROJECTED }));
    return { organizationId, paymentId, version, payment, position, events: placed, replayed };
  }
}

type Placeless = RecordedEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'position'> : never) : never;

/** The place of an event in the order of projection is not known when it is recorded. Real places begin with 1. */
const NOT_PROJECTED = 0;

function isCreation({ command }: WriteOrder): boolean {
  return command.type === 'CreatePayment' || command.type === 'ImportSettledPayment';
}

function refusalOf({ command }: WriteOrder): Rejection | null {
  const decision = decide(command, null);
  return decision.accepted ? null : decision.rejection;
}

function impossible({ paymentId }: WriteOrder): never {
  throw new Error(`the workflow of new payment ${paymentId} is not found although the command starts it`);
}

/** True for an answer that would be the same at any later time. */
function isFinal(outcome: Outcome): boolean {
  return outcome.kind === 'done' && outcome.final;
}
