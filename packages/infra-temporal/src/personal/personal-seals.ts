// Between commands in the clear and workflows, which never see personal data: it is sealed under the key of its subject
// before a command is sent, and opened by whoever may read it. Once the key is destroyed it is gone, wherever it lies.

import {
  keyIdOf,
  openPersonal,
  PortFailure,
  sealPersonal,
  type Keyring,
  type PaymentKey,
  type PendingEvent,
  type SubjectKey,
  type WriteOrder,
} from '@paystrata/application';
import {
  mergePersonalData,
  noPersonalData,
  type PaymentCommand,
  type PersonalData,
  type SubjectId,
} from '@paystrata/domain';
import type { OrderMessage, WorkflowEvent } from '../protocol/messages.ts';
import { patchSchema, wholeSchema } from './personal-schemas.ts';
import { isPersonal, placeOf, sealedEvents } from './sealed-events.ts';
import { withStandIns } from './stand-in.ts';

/** Events of one payment with their personal data open, and what it comes to. */
export interface OpenedEvents {
  readonly events: readonly PendingEvent[];
  readonly personal: PersonalData;
}

type SealedOrder = Pick<OrderMessage, 'command' | 'sealed'>;

export class PersonalSeals {
  readonly #keyring: Keyring;

  constructor(keyring: Keyring) {
    this.#keyring = keyring;
  }

  /** @param subjectOf whose data it is, where the command does not say; null: there is no such payment. */
  async seal(order: WriteOrder, subjectOf: (key: PaymentKey) => Promise<SubjectId | null>): Promise<SealedOrder> {
    const { command } = order;
    const personal = personalIn(command);
    if (personal === null) return { command, sealed: null };
    const subject = 'subject' in command ? command.subject : await subjectOf(order);
    const sealed = subject === null ? null : await this.#seal(order, subject, personal);
    return { command: withStandIns(command), sealed };
  }

  /**
   * The events in order, with what is sealed in them opened; null where its key was destroyed.
   *
   * @param before what the payment's personal data came to before the first of them.
   * @throws PortFailure `STORE_DAMAGED` where a sealed part was changed, or moved.
   */
  async open(subject: SubjectId, events: readonly WorkflowEvent[], before: PersonalData): Promise<OpenedEvents> {
    let personal = before;
    const opened: PendingEvent[] = [];
    for (const event of events) {
      const read = await this.#openOne(subject, event, personal);
      if (read.type === 'PaymentCreated' || read.type === 'PaymentImported') {
        personal = read.data.personal ?? noPersonalData;
      } else if (read.type === 'PaymentUpdated') personal = { ...personal, ...read.data.personal };
      else if (read.type === 'PersonalDataErased') personal = noPersonalData;
      opened.push(read);
    }
    return { events: opened, personal };
  }

  /** Events that another log recorded, sealed. @param before what is personal in the payment before the first of them. */
  async sealEvents(
    key: PaymentKey,
    subject: SubjectId,
    events: readonly PendingEvent[],
    before: PersonalData,
  ): Promise<readonly WorkflowEvent[]> {
    return isPersonal(events) ? sealedEvents(events, before, await this.keyFor(key, subject)) : events;
  }

  /** The key by which the subject's data is sealed now. */
  keyFor({ organizationId }: Pick<PaymentKey, 'organizationId'>, subject: SubjectId): Promise<SubjectKey> {
    return this.#keyring.keyFor(organizationId, subject);
  }

  /**
   * Destroys what was sealed for a subject until it was erased, everywhere and for ever; what was sealed since stays, so
   * that it may be done again at any time. An event that is no erasure destroys nothing.
   */
  async destroyFor(event: WorkflowEvent): Promise<void> {
    if (event.type !== 'PersonalDataErased' || typeof event.sealed !== 'string') return;
    const keyId = keyIdOf(event.sealed);
    if (keyId === undefined) throw damaged(event);
    await this.#keyring.destroy(event.organizationId, event.data.subject, keyId);
  }

  async #seal(order: WriteOrder, subject: SubjectId, personal: object): Promise<string> {
    const key = await this.#keyring.keyFor(order.organizationId, subject);
    return sealPersonal(personal, placeOf(order), key);
  }

  async #openOne(subject: SubjectId, given: WorkflowEvent, before: PersonalData): Promise<PendingEvent> {
    const { sealed = null, ...event } = given;
    if (sealed === null || event.type === 'PersonalDataErased') return event;
    const key = await this.#keyOf(subject, event, sealed);
    const found: unknown = key === null ? null : openPersonal(sealed, placeOf(event), key);
    switch (event.type) {
      case 'PaymentCreated':
      case 'PaymentImported':
        return { ...event, data: { ...event.data, personal: wholeSchema.nullable().parse(found) } };
      case 'PaymentUpdated': {
        const patch = patchSchema.nullable().parse(found);
        return { ...event, data: { ...event.data, personal: patch && mergePersonalData(before, patch) } };
      }
      default:
        throw damaged(event);
    }
  }

  async #keyOf(subject: SubjectId, event: PendingEvent, sealed: string): Promise<SubjectKey | null> {
    const keyId = keyIdOf(sealed);
    if (keyId === undefined) throw damaged(event);
    return this.#keyring.find(event.organizationId, subject, keyId);
  }
}

/**
 * What is to be sealed. A change of the amount alone is nothing personal, neither is a payment that says nothing. An
 * erasure seals nothing: its seal names the key that it destroys.
 */
function personalIn(command: PaymentCommand): object | null {
  switch (command.type) {
    case 'CreatePayment':
    case 'ImportSettledPayment': {
      const { customer, description, metadata } = command.personal;
      const says = customer !== null || description !== null || Object.keys(metadata).length > 0;
      return says ? command.personal : null;
    }
    case 'UpdatePayment':
      return Object.keys(command.personal).length > 0 ? command.personal : null;
    case 'ErasePersonalData':
      return {};
    default:
      return null;
  }
}

function damaged({ organizationId, paymentId, version }: PendingEvent): PortFailure {
  return new PortFailure(
    'STORE_DAMAGED',
    `event ${version} of payment ${organizationId}/${paymentId}: what is sealed in it is nothing that we sealed`,
  );
}
