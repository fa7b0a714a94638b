// Pages of the log for readers that follow it: who asks for the same at the same time is answered by one look.

import {
  eventView,
  formatPosition,
  type EventLog,
  type OrganizationId,
  type RecordedEvent,
} from '@paystrata/application';
import type { Composition } from '@paystrata/composition';
import type { Wakeups } from './wakeups.ts';

const PAGE = 200;

interface SharedEvent {
  readonly event: RecordedEvent;
  /** The event as a server-sent event; made once for all readers of the page. */
  frame(): string;
}

/** As the log's page, in its order. */
interface SharedPage {
  readonly events: readonly SharedEvent[];
  readonly next: number;
  readonly end: boolean;
}

/** Events of the organization after the position; null: from the beginning. @throws PortFailure */
export type ReadPage = (organizationId: OrganizationId, from: number | null) => Promise<SharedPage>;

/**
 * A thousand readers that wake at the same commit cost one read of the log. What was asked for before the last ring is
 * shared with nobody who woke by it: it may not hold what rang.
 */
export function createSharedPages({ strategy }: Pick<Composition, 'strategy'>, wakeups: Wakeups): ReadPage {
  const underway = new Map<string, Promise<SharedPage>>();
  return (organizationId, from) => {
    const name = `${organizationId} ${from} ${wakeups.rings()}`;
    const known = underway.get(name);
    if (known !== undefined) return known;
    const page = readPage(strategy.log, organizationId, from, () => strategy.epoch());
    underway.set(name, page);
    const forget = () => void underway.delete(name);
    page.then(forget, forget);
    return page;
  };
}

async function readPage(
  log: EventLog,
  organizationId: OrganizationId,
  from: number | null,
  epoch: () => string,
): Promise<SharedPage> {
  const { events, next, end } = await log.readAll({ direction: 'forward', from, limit: PAGE, organizationId });
  return { events: events.map((event) => sharedEvent(event, epoch())), next, end };
}

function sharedEvent(event: RecordedEvent, epoch: string): SharedEvent {
  let frame: string | null = null;
  return { event, frame: () => (frame ??= frameOf(event, epoch)) };
}

/** The id is the position token: it names the life of the log, so that a resumption cannot skip events unnoticed. */
function frameOf(event: RecordedEvent, epoch: string): string {
  const { organizationId, paymentId, version, position, type } = event;
  const id = formatPosition({ epoch, organizationId, paymentId, version, position });
  return `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify(eventView(event))}\n\n`;
}
