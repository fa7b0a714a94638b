// payments get, history and timeline

import { parseAsOf } from '@paystrata/application';
import { InvalidArgumentError, type Command } from '@commander-js/extra-typings';
import type { Client } from '../../client/client.ts';
import { CommandError } from '../../errors/command-error.ts';
import { jsonFlag, organizationFlag, paymentArgument, readCount } from '../../flags/common-flags.ts';
import { eventsTable, timelineTable } from '../../output/event-output.ts';
import { printResult } from '../../output/json.ts';
import { paymentDetails } from '../../output/payment-output.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addReadCommands(payments: Command, session: Session): void {
  addGet(payments, session);
  addHistory(payments, session);
  addTimeline(payments, session);
}

function addGet(payments: Command, session: Session): void {
  payments
    .command('get')
    .description('show a payment, now or as it was')
    .addArgument(paymentArgument)
    .option('--as-of <version or time>', 'as it was at that version, or at that instant', readAsOf)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments get PAYMENT', 'payments get PAYMENT --as-of 2 --json'))
    .action((paymentId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const payment = await client.ask({ type: 'GetPayment', paymentId, asOf: flags.asOf ?? null });
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      }),
    );
}

function addHistory(payments: Command, session: Session): void {
  payments
    .command('history')
    .description('show the events of a payment: who did what, when and why')
    .addArgument(paymentArgument)
    .option('--from-version <version>', 'from that version on', readCount, 1)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments history PAYMENT', 'payments history PAYMENT --from-version 3 --json'))
    .action((paymentId, { fromVersion, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const events = await client.ask({ type: 'PaymentHistory', paymentId, fromVersion });
        if (events.length === 0) await requireHistory(client, paymentId);
        await printResult(session.terminal, flags, events, () => eventsTable(events));
      }),
    );
}

function addTimeline(payments: Command, session: Session): void {
  payments
    .command('timeline')
    .description('tell the life of a payment in words')
    .addArgument(paymentArgument)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments timeline PAYMENT'))
    .action((paymentId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const entries = await client.ask({ type: 'PaymentTimeline', paymentId });
        if (entries.length === 0) throw unknownPayment(paymentId);
        await printResult(session.terminal, flags, entries, () => timelineTable(entries));
      }),
    );
}

/** Nothing from a version on may be a short history, or no payment at all. */
async function requireHistory(client: Client, paymentId: string): Promise<void> {
  const all = await client.ask({ type: 'PaymentHistory', paymentId });
  if (all.length === 0) throw unknownPayment(paymentId);
}

function unknownPayment(paymentId: string): CommandError {
  return new CommandError('payment_not_found', `there is no payment ${paymentId}`);
}

function readAsOf(text: string): NonNullable<ReturnType<typeof parseAsOf>> {
  const asOf = parseAsOf(text);
  if (asOf === undefined) throw new InvalidArgumentError('It is a version such as 3, or an RFC 3339 instant.');
  return asOf;
}
