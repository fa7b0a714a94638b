// Stand-ins for what is personal in a command: texts of the same length that say nothing. Decisions about personal data
// look at nothing but lengths and the names of metadata, so they come out the same.

import type { PendingEvent } from '@paystrata/application';
import type { Customer, PaymentCommand, PersonalData, PersonalDataChange, PersonalDataPatch } from '@paystrata/domain';

/** The command without what could identify a person. */
export function withStandIns(command: PaymentCommand): PaymentCommand {
  switch (command.type) {
    case 'CreatePayment':
    case 'ImportSettledPayment':
      return { ...command, personal: standInFor(command.personal) };
    case 'UpdatePayment':
      return { ...command, personal: standInForPatch(command.personal) };
    default:
      return command;
  }
}

/** The event without what could identify a person. */
export function eventWithStandIns(event: PendingEvent): PendingEvent {
  switch (event.type) {
    case 'PaymentCreated':
    case 'PaymentImported':
      return { ...event, data: { ...event.data, personal: event.data.personal && standInFor(event.data.personal) } };
    case 'PaymentUpdated':
      return {
        ...event,
        data: { ...event.data, personal: event.data.personal && standInForChange(event.data.personal) },
      };
    default:
      return event;
  }
}

function standInFor({ customer, description, metadata }: PersonalData): PersonalData {
  return {
    customer: customer && customerOf(customer),
    description: blank(description),
    metadata: blankAll(metadata),
  };
}

function standInForPatch({ customer, description, metadata }: PersonalDataPatch): PersonalDataPatch {
  return {
    ...(customer !== undefined && { customer: customer && customerOf(customer) }),
    ...(description !== undefined && { description: blank(description) }),
    ...(metadata !== undefined && { metadata: blankAll(metadata) }),
  };
}

function standInForChange({ customer, description, metadata }: PersonalDataChange): PersonalDataChange {
  return {
    ...(customer !== undefined && { customer: customer && customerOf(customer) }),
    ...(description !== undefined && { description: blank(description) }),
    ...(metadata !== undefined && { metadata: blankAll(metadata) }),
  };
}

function customerOf<Given extends Partial<Customer>>({ name, email }: Given) {
  return { ...(name !== undefined && { name: blank(name) }), ...(email !== undefined && { email: blank(email) }) } as {
    readonly [Field in keyof Given]: string | null;
  };
}

function blankAll<Text extends string | null>(texts: Readonly<Record<string, Text>>): Readonly<Record<string, Text>> {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, blank(text)]));
}

function blank<Text extends string | null>(text: Text): Text {
  return (text === null ? null : 'x'.repeat(text.length)) as Text;
}
