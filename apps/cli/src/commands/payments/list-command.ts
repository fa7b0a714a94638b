// payments list

import { Option, type Command } from '@commander-js/extra-typings';
import { UsageError } from '../../errors/usage-error.ts';
import {
  cursorFlag,
  fromFlag,
  jsonFlag,
  limitFlag,
  organizationFlag,
  readCount,
  toFlag,
} from '../../flags/common-flags.ts';
import * as filters from '../../flags/payment-filter.ts';
import { printResult } from '../../output/json.ts';
import { noteOnPage } from '../../output/page-note.ts';
import { paymentsTable } from '../../output/payment-output.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

const sortFlag = new Option('--sort <key>', 'the order').choices(['created', 'updated', 'amount', 'status'] as const);

export function addListCommand(payments: Command, session: Session): void {
  payments
    .command('list')
    .description('find payments; newest first, unless it is said')
    .addOption(organizationFlag)
    .addOption(filters.statusFlag)
    .addOption(filters.currencyFlag)
    .addOption(filters.minAmountFlag)
    .addOption(filters.maxAmountFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(filters.userFlag)
    .addOption(filters.workflowFlag)
    .addOption(filters.resourceFlag)
    .addOption(filters.customerFlag)
    .addOption(filters.referenceFlag)
    .addOption(filters.metadataFlag)
    .addOption(filters.textFlag)
    .addOption(sortFlag)
    .option('--asc', 'ascending')
    .option('--desc', 'descending, as it is without either')
    .addOption(limitFlag)
    .addOption(cursorFlag)
    .option('--page <number>', 'the page of that number, from 1', readCount)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'payments list --organization leeds-city-council --text "school meals" --sort amount',
        'payments list --status failed processing --from 2026-01-01 --json',
        'payments list --currency GBP --min-amount 10000 --limit 100',
      ),
    )
    .action((flags) => {
      if (flags.asc && flags.desc) throw new UsageError('--asc and --desc exclude each other');
      if (flags.cursor !== undefined && flags.page !== undefined) {
        throw new UsageError('--cursor and --page exclude each other');
      }
      return session.withClient(flags.organization, async (client) => {
        const page = await client.ask({
          type: 'SearchPayments',
          filter: await filters.paymentFilter(flags, client),
          sort: { by: flags.sort ?? 'created', descending: flags.asc !== true },
          limit: flags.limit ?? 10,
          cursor: flags.cursor ?? null,
          page: flags.page ?? null,
        });
        await printResult(session.terminal, flags, page, () => paymentsTable(page.data));
        if (!flags.json) noteOnPage(session.terminal, page);
      });
    });
}
