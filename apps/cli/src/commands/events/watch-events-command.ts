// events watch

import type { Command } from '@commander-js/extra-typings';
import { jsonFlag, organizationFlag } from '../../flags/common-flags.ts';
import { paymentFlag, typeFlag } from '../../flags/event-filter.ts';
import { shownInstant } from '../../output/instants.ts';
import { printResult } from '../../output/json.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';

export function addWatchEventsCommand(events: Command, session: Session): void {
  events
    .command('watch')
    .description('print events as they happen, until Ctrl-C; with --json, a line of JSON each')
    .addOption(typeFlag)
    .addOption(paymentFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('events watch', 'events watch --type PaymentFailed --json | jq .paymentId'))
    .action(({ type, payment, ...flags }) =>
      session.withClient(flags.organization, async (client) => {
        const { terminal } = session;
        const types: readonly string[] | undefined = type;
        const followed = await client.follow(terminal.stop);
        terminal.note(`watching ${client.name}; Ctrl-C ends it`);
        for await (const event of followed) {
          if (types?.includes(event.type) === false || (payment ?? event.paymentId) !== event.paymentId) continue;
          const line = `${shownInstant(event.timestamp)}  ${event.type}  ${event.paymentId}  ${event.actor}`;
          await printResult(terminal, flags, event, () => line);
        }
      }),
    );
}
