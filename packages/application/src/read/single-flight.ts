// Many callers, few runs: whoever asks gets a run that began after the asking.

/**
 * Shares runs of a function between concurrent callers. A caller never gets a run that was already under way, because
 * that may have looked before what the caller knows of had happened. At most one run goes on at a time.
 */
export function singleFlight(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let queued: Promise<void> | null = null;
  const start = (): Promise<void> => {
    running = run().finally(() => {
      running = null;
    });
    return running;
  };
  const startQueued = (): Promise<void> => {
    queued = null;
    // Somebody may have begun one between the end of the last run and now: it began after those who waited had asked.
    return running ?? start();
  };
  return () => {
    if (running === null) return start();
    queued ??= running.then(startQueued, startQueued);
    return queued;
  };
}
