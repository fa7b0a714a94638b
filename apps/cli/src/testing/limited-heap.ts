// Runs of the command in a heap that would not hold what goes through it, and how much memory each took.

const tellsAtExit = `process.on('exit',()=>console.error('maxRSS',process.resourceUsage().maxRSS))`;

/** Settings of a run that dies where anything in it grows with its input. @param megabytes that V8 may keep */
export function limitedHeap(megabytes: number): { readonly NODE_OPTIONS: string } {
  return { NODE_OPTIONS: `--max-old-space-size=${megabytes} --import "data:text/javascript,${tellsAtExit}"` };
}

/** The most that such a run took, in MB, code and buffers included; NaN where it did not end by itself. */
export function megabytesTaken(stderr: string): number {
  return Math.round(Number(/maxRSS (\d+)/.exec(stderr)?.[1]) / 1024);
}
