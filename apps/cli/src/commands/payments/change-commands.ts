// payments update, cancel, delete and erase

import { parseCurrency } from '@paystrata/application';
import type { Command } from '@commander-js/extra-typings';
import { UsageError } from '../../errors/usage-error.ts';
import {
  confirmFlag,
  jsonFlag,
  organizationFlag,
  paymentArgument,
  readCount,
  readPair,
} from '../../flags/common-flags.ts';
import { readAmount } from '../../flags/decimal-amount.ts';
import { printResult } from '../../output/json.ts';
import { paymentDetails } from '../../output/payment-output.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addChangeCommands(payments: Command, session: Session): void {
  addUpdate(payments, session);
  addCancel(payments, session);
  addDelete(payments, session);
  addErase(payments, session);
}

function addUpdate(payments: Command, session: Session): void {
  payments
    .command('update')
    .description('change amount, description, customer or metadata; an empty text takes a value away')
    .addArgument(paymentArgument)
    .option('--amount <decimal>', 'in the currency of the payment')
    .option('--description <text>', 'what it is for')
    .option('--customer-name <text>', 'who pays')
    .option('--customer-email <text>', 'where to reach who pays')
    .option('--metadata <key=value>', 'a note of yours; may be repeated', readPair)
    .option('--if-version <version>', 'only if that is still its version', readCount)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'payments update PAYMENT --amount 99.50',
        'payments update PAYMENT --metadata team=berlin --if-version 3',
      ),
    )
    .action((paymentId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const current = await client.ask({ type: 'GetPayment', paymentId });
        const currency = parseCurrency(current.currency);
        const { amount, description, customerName, customerEmail, metadata } = flags;
        if (amount !== undefined && currency === undefined)
          throw new UsageError(`amounts in ${current.currency} cannot be read`);
        const payment = await client.execute(
          {
            type: 'UpdatePayment',
            paymentId,
            ...(amount === undefined || currency === undefined
              ? {}
              : { amount: readAmount(amount, currency, '--amount'), currency }),
            description: orNull(description),
            ...(customerName === undefined && customerEmail === undefined
              ? {}
              : { customer: { name: orNull(customerName), email: orNull(customerEmail) } }),
            ...(metadata === undefined ? {} : { metadata: patch(metadata) }),
          },
          { expectedVersion: flags.ifVersion ?? null },
        );
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      }),
    );
}

function addCancel(payments: Command, session: Session): void {
  payments
    .command('cancel')
    .description('end a payment that moved no money')
    .addArgument(paymentArgument)
    .option('--reason <text>', 'why')
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments cancel PAYMENT --reason "ordered twice"'))
    .action((paymentId, { reason, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const payment = await client.execute({ type: 'CancelPayment', paymentId, reason });
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      }),
    );
}

function addDelete(payments: Command, session: Session): void {
  payments
    .command('delete')
    .description('delete a payment that moved no money; its history stays')
    .addArgument(paymentArgument)
    .option('--reason <text>', 'why')
    .option('--if-version <version>', 'only if that is still its version', readCount)
    .addOption(confirmFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments delete PAYMENT --confirm'))
    .action((paymentId, { reason, ifVersion, ...flags }) => {
      requireConfirmation(flags, 'a deleted payment does not come back');
      return session.withClient(flags.organization, async (client) => {
        const command = { type: 'DeletePayment', paymentId, reason } as const;
        const payment = await client.execute(command, { expectedVersion: ifVersion ?? null });
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      });
    });
}

function addErase(payments: Command, session: Session): void {
  payments
    .command('erase')
    .description("erase the personal data of the payment's customer, in all of the customer's payments, for ever")
    .addArgument(paymentArgument)
    .addOption(confirmFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments erase PAYMENT --confirm'))
    .action((paymentId, flags) => {
      requireConfirmation(flags, 'erased personal data cannot be restored, also not from a backup');
      return session.withClient(flags.organization, async (client) => {
        const payment = await client.execute({ type: 'ErasePersonalData', paymentId });
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      });
    });
}

function requireConfirmation({ confirm }: { readonly confirm?: true | undefined }, why: string): void {
  if (confirm !== true) throw new UsageError(`nothing was done: ${why}`, 'if you mean it, add --confirm');
}

/** An empty text takes a value away; undefined leaves it as it is. */
function orNull<Given extends string | undefined>(text: Given): Given | null {
  return text === '' ? null : text;
}

function patch(pairs: Readonly<Record<string, string>>): Record<string, string | null> {
  return Object.fromEntries(Object.entries(pairs).map(([key, value]) => [key, orNull(value)]));
}
