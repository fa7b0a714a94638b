// The flags that choose events.

import { criterionOperators, paymentEventTypes, type PaymentEventType, type QueryInput } from '@paystrata/application';
import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { readList, readPaymentId } from './common-flags.ts';

type EventFilterInput = NonNullable<QueryInput<'SearchEvents'>['filter']>;
type CriterionInput = NonNullable<EventFilterInput['criteria']>[number];

export const typeFlag = new Option('--type <type>', `such as PaymentCreated; may be repeated`).argParser(
  (text: string, before?: readonly PaymentEventType[]) => [...(before ?? []), ...readList(text).map(readType)],
);
export const paymentFlag = new Option('--payment <id>', 'of this payment').argParser(readPaymentId);
export const actorFlag = new Option('--actor <id>', 'done by this key or user');
export const correlationFlag = new Option('--correlation <id>', 'that came of this request');
export const whereFlag = new Option(
  '--where <criterion>',
  `on the data, "path operator value" with ${criterionOperators.join(', ')}; may be repeated`,
).argParser((text: string, before?: readonly CriterionInput[]) => [...(before ?? []), readCriterion(text)]);
export const eventTextFlag = new Option('--text <words>', 'with all these words');

/** What the flags above come to. */
export interface EventFilterFlags {
  readonly type?: readonly PaymentEventType[] | undefined;
  readonly payment?: string | undefined;
  readonly actor?: string | undefined;
  readonly correlation?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly where?: readonly CriterionInput[] | undefined;
  readonly text?: string | undefined;
}

export function eventFilter(flags: EventFilterFlags): EventFilterInput {
  const { type, payment, actor, correlation, from, to, where, text } = flags;
  return {
    types: [...(type ?? [])],
    paymentId: payment ?? null,
    actor: actor ?? null,
    correlationId: correlation ?? null,
    recorded: { from: from ?? null, to: to ?? null },
    criteria: [...(where ?? [])],
    text: text ?? null,
  };
}

/**
 * `amount.currency eq EUR`; with `in`, values separated by commas. Numbers, `true` and `false` are taken as such; a text
 * that looks like one stands in quotes: `reference eq "2006"`.
 */
function readCriterion(text: string): CriterionInput {
  const [, path = '', name = '', value = ''] = /^\s*(\S+)\s+(\S+)\s+(.*)$/s.exec(text) ?? [];
  const operator = criterionOperators.find((each) => each === name);
  if (operator === undefined) {
    throw new InvalidArgumentError(`It is written "path operator value", with ${criterionOperators.join(', ')}.`);
  }
  return {
    path,
    operator,
    value: operator === 'in' ? value.split(',').map((each) => readValue(each.trim())) : readValue(value),
  };
}

function readValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  return /^-?\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : text;
}

function readType(text: string): PaymentEventType {
  const type = paymentEventTypes.find((each) => each === text);
  if (type === undefined) throw new InvalidArgumentError(`It is one of ${paymentEventTypes.join(', ')}.`);
  return type;
}
