// payments create

import type { Command } from '@commander-js/extra-typings';
import { jsonFlag, organizationFlag, readCurrency, readList, readPair } from '../../flags/common-flags.ts';
import { readAmount } from '../../flags/decimal-amount.ts';
import { printResult } from '../../output/json.ts';
import { paymentDetails } from '../../output/payment-output.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addCreateCommand(payments: Command, session: Session): void {
  payments
    .command('create')
    .description('create a pending payment')
    .requiredOption('--amount <decimal>', 'such as 129.99')
    .requiredOption('--currency <code>', 'such as EUR', readCurrency)
    .option('--reference <text>', 'your own name for it, unique in the organization')
    .option('--description <text>', 'what it is for')
    .option('--customer-name <text>', 'who pays')
    .option('--customer-email <text>', 'where to reach who pays')
    .option('--customer-id <id>', 'names the customer without saying who it is; what is erased together')
    .option('--user <id>', 'on whose behalf')
    .option('--workflow <id>', 'for which workflow')
    .option('--resource <id>', 'for which cloud resource; may be repeated', readList)
    .option('--metadata <key=value>', 'a note of yours; may be repeated', readPair)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'payments create --amount 129.99 --currency EUR --reference invoice-17',
        'payments create --amount 5000 --currency JPY --metadata team=tokyo --json',
      ),
    )
    .action((flags) =>
      session.withClient(flags.organization, async (client) => {
        const { customerName: name, customerEmail: email, customerId: id } = flags;
        const named = name !== undefined || email !== undefined || id !== undefined;
        const payment = await client.execute({
          type: 'CreatePayment',
          amount: readAmount(flags.amount, flags.currency, '--amount'),
          currency: flags.currency,
          reference: flags.reference,
          description: flags.description,
          customer: named ? { id, name, email } : null,
          userId: flags.user,
          workflowId: flags.workflow,
          resourceIds: [...(flags.resource ?? [])],
          metadata: { ...flags.metadata },
        });
        await printResult(session.terminal, flags, payment, () => paymentDetails(payment));
      }),
    );
}
