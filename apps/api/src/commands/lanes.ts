// So much work at a time; what comes meanwhile waits in the order in which it came.

export interface Lanes {
  run<Result>(work: () => Promise<Result>): Promise<Result>;
}

export function createLanes(count: number): Lanes {
  const waiting: (() => void)[] = [];
  let free = count;
  return {
    async run(work) {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await work();
      } finally {
        // Whoever waits longest takes the place over, so that it is never free in between.
        const next = waiting.shift();
        if (next === undefined) free += 1;
        else next();
      }
    },
  };
}
