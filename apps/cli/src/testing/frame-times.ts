// Scrolls a list in a browser as a person does, and takes the time of each frame.

import type { Page } from 'playwright-core';
import { z } from 'zod';

const times = z.object({ frames: z.array(z.number()), longTasks: z.array(z.number()), rows: z.int() });

/** Milliseconds: of each frame, and of what held up the page for more than 50. */
export interface FrameTimes extends z.output<typeof times> {
  /** What the page's thread itself worked, a frame: nobody else on the machine changes that. */
  readonly workPerFrame: number;
}

/** Down to the end of the list by so many pixels a frame; what is not loaded yet is waited for at the end of what is. */
export async function scrollToEnd(page: Page, pixels: number): Promise<FrameTimes> {
  return measured(
    page,
    `const table = list.querySelector('table');
    const isWhole = () => !document.querySelector('.loading') && list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
    for (let still = 0; still < 30; still = isWhole() ? still + 1 : 0) {
      await frame();
      list.scrollBy(0, ${pixels});
    }
    rows = Number(table.getAttribute('aria-rowcount')) - 1;`,
  );
}

/** To so many places all over the list, as a dragged scroll bar does. */
export async function jumpAbout(page: Page, jumps: number): Promise<FrameTimes> {
  return measured(
    page,
    `for (let jump = 0; jump < ${jumps}; jump += 1) {
      await frame();
      list.scrollTop = ((jump * 0.618034) % 1) * list.scrollHeight;
    }
    await frame();`,
  );
}

async function measured(page: Page, work: string): Promise<FrameTimes> {
  const script = `(async () => {
    const list = document.querySelector('.table-frame');
    const frames = [];
    const longTasks = [];
    let rows = 0;
    const watch = new PerformanceObserver((seen) => longTasks.push(...seen.getEntries().map(({ duration }) => duration)));
    watch.observe({ type: 'longtask' });
    let last = performance.now();
    const frame = async () => {
      const now = await new Promise(requestAnimationFrame);
      frames.push(Math.max(0, now - last));
      last = now;
    };
    ${work}
    watch.disconnect();
    return { frames, longTasks, rows };
  })()`;
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const worked = async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
  };
  const before = await worked();
  const measurement = times.parse(await page.evaluate(script));
  const workPerFrame = ((await worked()) - before) / measurement.frames.length;
  await session.detach();
  return { ...measurement, workPerFrame };
}
