// Creating a payment, or recording one that was settled outside.

import { equals } from '../../money/money.ts';
import type { CreatePayment, ImportSettledPayment } from '../commands.ts';
import { accept, reject, type Decision } from '../decision.ts';
import type { DataOf } from '../events.ts';
import { personalDataSize } from '../personal-data.ts';
import type { Rejection } from '../rejections.ts';
import type { PaymentState } from '../state.ts';
import { checkNewPayment } from './fields.ts';
import { requireAmount } from './guards.ts';

export function decideCreate(command: CreatePayment, state: PaymentState): Decision {
  return (
    exists(command, state) ??
    refused(command) ??
    accept({ type: 'PaymentCreated', at: command.now, data: terms(command) })
  );
}

export function decideImport(command: ImportSettledPayment, state: PaymentState): Decision {
  return (
    exists(command, state) ??
    refused(command) ??
    accept({ type: 'PaymentImported', at: command.now, data: terms(command) })
  );
}

type NewPayment = CreatePayment | ImportSettledPayment;

/** An id is taken for ever: a reference belongs to one payment, deleted or not. */
function exists(command: NewPayment, state: PaymentState): Decision | null {
  if (state === null) return null;
  return reject(
    'payment_exists',
    `payment ${state.id} exists${state.reference === null ? '' : `, with the reference ${state.reference}`}`,
    {
      param: 'reference',
      details: { paymentId: state.id, sameAmount: equals(state.amount, command.amount) },
    },
  );
}

function refused(command: NewPayment): Decision | null {
  const problem: Rejection | null = requireAmount(command.amount, command.maxAmount) ?? checkNewPayment(command);
  if (problem !== null) return { accepted: false, rejection: problem };
  if (command.createdAt !== null && command.createdAt > command.now) {
    return reject('created_in_future', 'a payment cannot have come about in the future', { param: 'createdAt' });
  }
  return null;
}

function terms(command: NewPayment): DataOf<'PaymentCreated'> {
  return {
    paymentId: command.paymentId,
    organizationId: command.organizationId,
    amount: command.amount,
    reference: command.reference,
    userId: command.userId,
    workflowId: command.workflowId,
    resourceIds: command.resourceIds,
    createdAt: command.createdAt ?? command.now,
    subject: command.subject,
    personal: command.personal,
    personalSize: personalDataSize(command.personal),
  };
}
