// For tests: every command in the variants that make a difference. A new command does not compile without its cases.

import { PARK_AFTER_MS } from '../payment/due-effects.ts';
import type { PaymentCommand, PaymentCommandType } from '../payment/commands.ts';
import { money } from '../money/money.ts';
import {
  approve,
  cancel,
  create,
  decline,
  erase,
  eur,
  importSettled,
  JPY,
  notFound,
  process,
  refund,
  remove,
  settle,
  unknown,
  update,
  waiting,
  type Step,
} from './steps.ts';

const afterTheLimits = PARK_AFTER_MS;

export const commandCases = {
  CreatePayment: { create: create(), 'nothing to pay': create({ amount: eur(0n) }) },
  ImportSettledPayment: { import: importSettled(), 'a credit': importSettled({ amount: eur(-1n) }) },
  UpdatePayment: {
    'nothing at all': update({}),
    'metadata only': update({ metadata: { team: 'red' } }),
    description: update({ description: 'February' }),
    amount: update({}, 120n),
    'amount zero': update({}, 0n),
    'amount in another currency': update({}, money(100n, JPY)),
    'another currency': update({}, JPY),
  },
  ProcessPayment: {
    process: process(),
    'the amount stated': process(eur(100n)),
    'another amount stated': process(99n),
    'amount zero stated': process(0n),
    'another currency stated': process(JPY),
  },
  RecordGatewayAnswer: {
    'attempt approved': approve('attempt'),
    'attempt approved, wrong amount': approve('attempt', eur(99n)),
    'attempt declined': decline('attempt'),
    'attempt unknown': unknown('attempt'),
    'attempt unknown after 72 h': waiting(afterTheLimits, unknown('attempt')),
    'attempt not found': notFound('attempt'),
    'attempt not found after the limit': waiting(afterTheLimits, notFound('attempt')),
    'refund approved': approve('refund'),
    'refund approved, wrong amount': approve('refund', eur(39n)),
    'refund declined': decline('refund'),
    'refund unknown': unknown('refund'),
    'refund unknown after 72 h': waiting(afterTheLimits, unknown('refund')),
    'refund not found': notFound('refund'),
    'refund not found after the limit': waiting(afterTheLimits, notFound('refund')),
  },
  CancelPayment: { cancel: cancel() },
  RefundPayment: {
    all: refund(),
    'a part': refund(eur(30n)),
    'all that was captured': refund(100n),
    'too much': refund(101n),
    zero: refund(0n),
    negative: refund(-5n),
    'another currency': refund(JPY),
  },
  SettlePayment: {
    completed: settle('completed'),
    failed: settle('failed'),
    'of what does not exist': settle('failed', 'a9'),
    'without a reason': settle('completed', null, ' '),
  },
  DeletePayment: { delete: remove() },
  ErasePersonalData: { erase: erase() },
} as const satisfies { readonly [Type in PaymentCommandType]: Readonly<Record<string, Step<CommandOf<Type>>>> };

type CommandOf<Type extends PaymentCommandType> = Extract<PaymentCommand, { type: Type }>;
