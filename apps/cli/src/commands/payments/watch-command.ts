// payments watch

import type { Command } from '@commander-js/extra-typings';
import { jsonFlag, organizationFlag, paymentArgument } from '../../flags/common-flags.ts';
import { shownAmount } from '../../output/amounts.ts';
import { shownInstant } from '../../output/instants.ts';
import { printResult } from '../../output/json.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addWatchCommand(payments: Command, session: Session): void {
  payments
    .command('watch')
    .description('print a payment now and each time it changes, until Ctrl-C; with --json, a line of JSON each time')
    .addArgument(paymentArgument)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('payments watch PAYMENT', 'payments watch PAYMENT --json | jq .status'))
    .action((paymentId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const { terminal } = session;
        const show = async (): Promise<void> => {
          const payment = await client.ask({ type: 'GetPayment', paymentId });
          const { updatedAt, status, version, amount, currency } = payment;
          const line = `${shownInstant(updatedAt)}  ${status}  ${shownAmount(amount, currency)}  version ${version}`;
          await printResult(terminal, flags, payment, () => line);
        };
        // Following begins before the first look, so that no change falls between the two.
        const events = await client.follow(terminal.stop);
        await show();
        for await (const event of events) if (event.paymentId === paymentId) await show();
      }),
    );
}
