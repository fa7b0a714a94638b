// payments process, refund and settle: what moves money, or says that it moved

import { Option, type Command } from '@commander-js/extra-typings';
import { parseCurrency, type PaymentView } from '@paystrata/application';
import type { Client, CommandOptions } from '../../client/client.ts';
import { CommandError } from '../../errors/command-error.ts';
import { asyncFlag, jsonFlag, organizationFlag, paymentArgument } from '../../flags/common-flags.ts';
import { readAmount } from '../../flags/decimal-amount.ts';
import { printResult } from '../../output/json.ts';
import { paymentDetails } from '../../output/payment-output.ts';
import type { Session } from '../../session.ts';
import type { Terminal } from '../../terminal.ts';
import { examples } from '../examples.ts';

export function addMoneyCommands(payments: Command, session: Session): void {
  addProcess(payments, session);
  addRefund(payments, session);
  addSettle(payments, session);
}

function addProcess(payments: Command, session: Session): void {
  payments
    .command('process')
    .description('charge a payment; waits for what the gateway says')
    .addArgument(paymentArgument)
    .requiredOption('--method <method>', 'how to pay, in the terms of the gateway')
    .option('--amount <decimal>', 'what the payment is believed to be; refused where it is another')
    .addOption(asyncFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'payments process PAYMENT --method test_approve',
        'payments process PAYMENT --method test_decline_insufficient_funds',
        'payments process PAYMENT --method test_timeout_then_approve --json',
      ),
    )
    .action((paymentId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const stated = await statedAmount(client, paymentId, flags.amount);
        const command = { type: 'ProcessPayment', paymentId, method: flags.method, ...stated } as const;
        const payment = await client.execute(command, asyncOptions(session, flags));
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
        reportOutcome(session.terminal, payment, payment.attempts.at(-1), 'payment');
      }),
    );
}

function addRefund(payments: Command, session: Session): void {
  payments
    .command('refund')
    .description('give back a part of what was captured, or all that remains of it')
    .addArgument(paymentArgument)
    .option('--amount <decimal>', 'in the currency of the payment; without it, all that remains')
    .option('--reason <text>', 'why')
    .addOption(asyncFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples('payments refund PAYMENT', 'payments refund PAYMENT --amount 10.50 --reason damaged'),
    )
    .action((paymentId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const stated = await statedAmount(client, paymentId, flags.amount);
        const command = { type: 'RefundPayment', paymentId, reason: flags.reason, ...stated } as const;
        const payment = await client.execute(command, asyncOptions(session, flags));
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
        reportOutcome(session.terminal, payment, payment.refunds.at(-1), 'refund');
      }),
    );
}

function addSettle(payments: Command, session: Session): void {
  payments
    .command('settle')
    .description('decide what became of an attempt or refund that waits for a person')
    .addArgument(paymentArgument)
    .addOption(
      new Option('--outcome <outcome>', 'what became of it')
        .choices(['completed', 'failed'] as const)
        .makeOptionMandatory(),
    )
    .requiredOption('--reason <text>', 'how you know')
    .option('--item <id>', 'such as a1 or r1; needed where several wait')
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments settle PAYMENT --outcome completed --reason "seen on the bank statement"'))
    .action((paymentId, { outcome, reason, item, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const payment = await client.execute({ type: 'SettlePayment', paymentId, outcome, reason, itemId: item });
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      }),
    );
}

/** A decimal needs the currency of the payment to become minor units. */
async function statedAmount(client: Client, paymentId: string, text: string | undefined) {
  if (text === undefined) return {};
  const { currency: code } = await client.ask({ type: 'GetPayment', paymentId });
  const currency = parseCurrency(code);
  if (currency === undefined) throw new CommandError('USAGE', `amounts in ${code} cannot be read by this version`);
  return { amount: readAmount(text, currency, '--amount'), currency };
}

/** @throws CommandError `payment_declined` or `refund_declined`; what is still open is a note. */
function reportOutcome(
  terminal: Terminal,
  { needsReview }: PaymentView,
  item: PaymentView['attempts'][number] | PaymentView['refunds'][number] | undefined,
  what: 'payment' | 'refund',
): void {
  if (item?.status === 'failed') {
    const { code = 'no reason given', declineCode = null, retryable = false } = item.failure ?? {};
    const why = declineCode === null ? code : `${code} (${declineCode})`;
    throw new CommandError(`${what}_declined`, `the gateway declined the ${what}: ${why}`, {
      hint: retryable ? 'it may be tried again' : null,
    });
  }
  if (needsReview) terminal.note(`the ${what} waits for a person: look into it, then \`paystrata payments settle\``);
  else if (item?.status === 'pending') {
    terminal.note(
      `it is not known yet what became of the ${what}: it will be looked up, see \`paystrata payments get\``,
    );
  }
}

/** Whoever does not wait is told where the work goes on. */
function asyncOptions({ terminal }: Session, flags: { readonly async?: true }): CommandOptions {
  return { respondAsync: flags.async === true, onWorkflow: (id) => terminal.note(`workflow ${id}`) };
}
