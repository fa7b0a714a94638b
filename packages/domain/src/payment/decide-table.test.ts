// The table of decisions: every kind of state against every variant of every command.

import { describe, expect, it } from 'vitest';
import { commandCases } from '../testing/command-cases.ts';
import { when, type Outcome } from '../testing/given.ts';
import { stateNames, stateOf, type StateName } from '../testing/named-states.ts';
import type { Step } from '../testing/steps.ts';
import { answerRows } from '../testing/table/gateway.ts';
import { refundRows, settleRows } from '../testing/table/money-back.ts';
import {
  cancelRows,
  createRows,
  deleteRows,
  eraseRows,
  importRows,
  processRows,
  updateRows,
} from '../testing/table/owner.ts';
import { existing, row, type Row } from '../testing/table/row.ts';
import type { PaymentCommandType } from './commands.ts';
import { paymentEventTypes } from './events.ts';
import { paymentStatuses } from './state.ts';

const table: { readonly [Type in PaymentCommandType]: Record<keyof (typeof commandCases)[Type], Row> } = {
  CreatePayment: createRows,
  ImportSettledPayment: importRows,
  UpdatePayment: updateRows,
  ProcessPayment: processRows,
  RecordGatewayAnswer: answerRows,
  CancelPayment: cancelRows,
  RefundPayment: refundRows,
  SettlePayment: settleRows,
  DeletePayment: deleteRows,
  ErasePersonalData: eraseRows,
};

/** Each state with what the row says of it; a state that is named twice shows as a list. */
function expectedOf(row: Row): Record<string, string> {
  const cells = Object.entries(row).flatMap(([outcome, states]) => states.map((state) => ({ state, outcome })));
  return Object.fromEntries(
    stateNames.map((name) => [
      name,
      cells
        .filter(({ state }) => state === name)
        .map(({ outcome }) => outcome)
        .join(' and '),
    ]),
  );
}

describe.each(Object.entries(table))('%s', (type, rows) => {
  it.each(Object.entries(rows))('%s', (variant, row) => {
    const variants: Readonly<Record<string, Step>> = commandCases[type as PaymentCommandType];
    const step = variants[variant];
    if (step === undefined) throw new Error(`no case ${variant}`);
    const actual: [StateName, Outcome][] = stateNames.map((name) => [name, when(stateOf(name), step).outcome]);
    expect(Object.fromEntries(actual)).toEqual(expectedOf(row));
  });
});

it('does not compile with a row that leaves out a state', () => {
  // @ts-expect-error -- it says nothing of none, nor of what is deleted
  expect(row({ nothing: existing })).not.toHaveProperty('payment_not_found');
});

it('stands on states of every status', () => {
  const statuses = new Set(stateNames.map((name) => stateOf(name)?.status));
  expect(statuses).toEqual(new Set([undefined, ...paymentStatuses]));
});

it('knows an outcome of every type of event', () => {
  const outcomes = new Set(Object.values(table).flatMap((rows) => Object.values(rows).flatMap(Object.keys)));
  expect(paymentEventTypes.filter((type) => !outcomes.has(type))).toEqual([]);
});
