// events: the log of what happened

import { Option, type Command } from '@commander-js/extra-typings';
import { cursorFlag, fromFlag, jsonFlag, limitFlag, organizationFlag, toFlag } from '../../flags/common-flags.ts';
import * as filters from '../../flags/event-filter.ts';
import { eventsTable, timelineTable } from '../../output/event-output.ts';
import { printResult } from '../../output/json.ts';
import { noteOnPage } from '../../output/page-note.ts';
import type { Session } from '../../session.ts';
import { examples } from '../examples.ts';
import { addCountingCommands } from './counting-commands.ts';
import { addReplayCommand } from './replay-command.ts';
import { addWatchEventsCommand } from './watch-events-command.ts';

export function addEventsCommand(program: Command, session: Session): void {
  const events = program.command('events').description('look into the log of what happened');
  addList(events, session);
  addSearch(events, session);
  addCountingCommands(events, session);
  addCorrelations(events, session);
  addTimeline(events, session);
  addWatchEventsCommand(events, session);
  addReplayCommand(events, session);
}

const ascFlag = new Option('--asc', 'oldest first');

function addList(events: Command, session: Session): void {
  events
    .command('list')
    .description('list events, newest first')
    .addOption(filters.typeFlag)
    .addOption(filters.paymentFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(ascFlag)
    .addOption(limitFlag)
    .addOption(cursorFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('events list', 'events list --type PaymentFailed --from 2026-01-01 --json'))
    .action((flags) => search(session, flags));
}

function addSearch(events: Command, session: Session): void {
  events
    .command('search')
    .description('find events by who, why, words and conditions on their data')
    .addOption(filters.typeFlag)
    .addOption(filters.paymentFlag)
    .addOption(filters.actorFlag)
    .addOption(filters.correlationFlag)
    .addOption(filters.whereFlag)
    .addOption(filters.eventTextFlag)
    .addOption(fromFlag)
    .addOption(toFlag)
    .addOption(ascFlag)
    .addOption(limitFlag)
    .addOption(cursorFlag)
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText(
      'after',
      examples(
        'events search --where "amount.amount gte 1000000"',
        'events search --actor cli:anna --text refund --json',
      ),
    )
    .action((flags) => search(session, flags));
}

interface SearchFlags extends filters.EventFilterFlags {
  readonly asc?: true | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
  readonly json?: true | undefined;
  readonly organization?: Parameters<Session['withClient']>[0];
}

function search(session: Session, flags: SearchFlags): Promise<void> {
  return session.withClient(flags.organization, async (client) => {
    const page = await client.ask({
      type: 'SearchEvents',
      filter: filters.eventFilter(flags),
      descending: flags.asc !== true,
      limit: flags.limit ?? 10,
      cursor: flags.cursor ?? null,
    });
    await printResult(session.terminal, flags, page, () => eventsTable(page.data));
    if (!flags.json) noteOnPage(session.terminal, page);
  });
}

function addCorrelations(events: Command, session: Session): void {
  events
    .command('correlations')
    .description('show the events that came of one request, causes first')
    .argument('<correlation>', 'the id that they share')
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('events correlations CORRELATION'))
    .action((correlationId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const found = await client.ask({ type: 'EventCorrelation', correlationId });
        await printResult(session.terminal, flags, found, () => eventsTable(found));
      }),
    );
}

function addTimeline(events: Command, session: Session): void {
  events
    .command('timeline')
    .description('tell in words what came of one request, across payments')
    .argument('<correlation>', 'the id that the events share')
    .addOption(organizationFlag)
    .addOption(jsonFlag)
    .addHelpText('after', examples('events timeline CORRELATION'))
    .action((correlationId, flags) =>
      session.withClient(flags.organization, async (client) => {
        const entries = await client.ask({ type: 'CorrelationTimeline', correlationId });
        await printResult(session.terminal, flags, entries, () => timelineTable(entries));
      }),
    );
}
