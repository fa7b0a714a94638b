// The log as server-sent events: read page by page, then followed. A reader that stalls holds up nobody.

import type { OrganizationId, RecordedEvent } from '@paystrata/application';
import type { ApiParts } from '../http/api.ts';

/** Other processes may commit to the same log: it is looked at again after this time. */
const POLL_MS = 1000;
/** Looks without news after which a comment shows that the connection lives. */
const QUIET_LOOKS = 15;

export interface EventStream {
  readonly organizationId: OrganizationId;
  /** Events after this position of the log; null: from its beginning. */
  readonly after: number | null;
  readonly wanted: (event: RecordedEvent) => boolean;
  readonly signal: AbortSignal;
}

/** Events in the order of the log, each once, until the signal is aborted. */
export async function* eventStream(
  { composition: { clock }, wakeups, pages }: Pick<ApiParts, 'composition' | 'wakeups' | 'pages'>,
  { organizationId, after, wanted, signal }: EventStream,
): AsyncGenerator<string> {
  let from = after;
  let quiet = 0;
  yield ': connected\n\n';
  while (!signal.aborted) {
    // Taken before the look, so that what is committed meanwhile wakes us.
    const news = wakeups.next();
    const page = await pages(organizationId, from);
    from = page.next;
    for (const each of page.events) if (wanted(each.event)) yield each.frame();
    if (page.end && !signal.aborted) await newsOrLater(news, signal);
    quiet = page.events.length > 0 ? 0 : quiet + 1;
    if (quiet % QUIET_LOOKS === QUIET_LOOKS - 1) yield ': still here\n\n';
  }

  async function newsOrLater(news: Promise<void>, until: AbortSignal): Promise<void> {
    const woken = new AbortController();
    // At the full second, when everybody looks: one look is then for all.
    const pause = clock
      .sleep(POLL_MS - (clock.now() % POLL_MS), AbortSignal.any([until, woken.signal]))
      .catch(() => undefined);
    await Promise.race([news, pause]);
    woken.abort();
  }
}
