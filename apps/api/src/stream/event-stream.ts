// The log as server-sent events: read page by page, then followed. A reader that stalls holds up nobody.

import type { OrganizationId, RecordedEvent } from '@paystrata/application';
import type { ApiParts } from '../http/api.ts';

/** Other processes may commit to the same log: it is looked at again after this time. */
const POLL_MS = 1000;
/** After so long without a frame, a comment shows whoever is in between that the connection lives. */
const QUIET_MS = 15_000;

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
  yield ': connected\n\n';
  let spoken = clock.now();
  while (!signal.aborted) {
    // Taken before the look, so that what is committed meanwhile wakes us.
    const news = wakeups.next();
    const page = await pages(organizationId, from);
    from = page.next;
    for (const each of page.events) {
      if (!wanted(each.event)) continue;
      yield each.frame();
      spoken = clock.now();
    }
    if (page.end && !signal.aborted) await newsOrLater(news, signal);
    if (signal.aborted || clock.now() - spoken < QUIET_MS) continue;
    yield ': still here\n\n';
    spoken = clock.now();
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
