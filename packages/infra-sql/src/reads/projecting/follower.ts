// Keeps a projection close to the head of its log in the background, so that reads seldom have to wait for it.

export interface Follower {
  start(): void;
  /** Finishes the run that is under way. */
  stop(): Promise<void>;
  /** There may be something new: looks soon. */
  notice(): void;
}

/** Between two runs others have their turn, and commits come together. */
const REST_MS = 50;
/** What other processes commit is looked for so often. */
const LOOK_MS = 1000;

/** A run that fails is tried again: whoever reads meanwhile gets the failure from a run of its own. */
export function createFollower(catchUp: () => Promise<void>): Follower {
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> | null = null;
  let noticed = false;
  let stopped = true;

  const wait = (ms: number) => {
    if (stopped) return;
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(run, ms);
    timer.unref();
  };
  const run = () => {
    timer = null;
    noticed = false;
    running = catchUp()
      .catch(() => undefined)
      .finally(() => {
        running = null;
        wait(noticed ? REST_MS : LOOK_MS);
      });
  };
  return {
    start: () => {
      stopped = false;
      wait(0);
    },
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
    notice: () => {
      if (noticed) return;
      noticed = true;
      if (running === null) wait(REST_MS);
    },
  };
}
