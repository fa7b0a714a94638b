// Reads the log of a store from its beginning, or follows it while other processes may write to it as well.

import { eventView, type EventView, type LogPage, type OrganizationId } from '@paystrata/application';
import type { Composition } from '@paystrata/composition';

const PAGE = 1000;
/** Milliseconds between two looks at a log that had nothing new. */
const PAUSE = 250;

/** From the present end of the log on. Ends once the signal is aborted. */
export async function followLog(
  composition: Composition,
  organizationId: OrganizationId,
  signal: AbortSignal,
): Promise<AsyncIterable<EventView>> {
  const { events } = await composition.strategy.log.readAll({ direction: 'backward', from: null, limit: 1 });
  return eventsAfter(events[0]?.position ?? null, composition, organizationId, signal);
}

async function* eventsAfter(
  position: number | null,
  { strategy, clock }: Composition,
  organizationId: OrganizationId,
  signal: AbortSignal,
): AsyncGenerator<EventView> {
  let from = position;
  while (!signal.aborted) {
    const page = await strategy.log.readAll({ direction: 'forward', from, limit: PAGE, organizationId });
    from = page.next;
    for (const event of page.events) yield eventView(event);
    if (page.end) await clock.sleep(PAUSE, signal).catch(() => undefined);
  }
}

/** From the beginning to what was the end when it got there. */
export async function* wholeLog(
  { strategy }: Composition,
  organizationId: OrganizationId | null,
): AsyncGenerator<EventView> {
  let from: number | null = null;
  for (;;) {
    const page: LogPage = await strategy.log.readAll({
      direction: 'forward',
      from,
      limit: PAGE,
      ...(organizationId !== null && { organizationId }),
    });
    for (const event of page.events) yield eventView(event);
    if (page.end) return;
    from = page.next;
  }
}
