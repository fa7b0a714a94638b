import { describe, expect, it } from 'vitest';
import type { LogPage, LogRequest } from '../ports/payment-store.ts';
import { sampleEvent } from '../events/testing/sample-events.ts';
import { readLog, readPages, readWhole } from './log-reader.ts';

const page = (positions: readonly number[], next: number, end: boolean): LogPage => ({
  events: positions.map((position) => ({ ...sampleEvent('PaymentCancelled'), position })),
  next,
  end,
});

/** Answers the pages one after the other, and keeps what it was asked. */
function sourceOf(...pages: readonly LogPage[]) {
  const asked: LogRequest[] = [];
  const readAll = async (request: LogRequest): Promise<LogPage> => {
    asked.push(request);
    return pages[asked.length - 1] ?? page([], 0, true);
  };
  return { asked, readAll };
}

describe('reading a log', () => {
  it('goes on where a page ended, over pages without events, until one is the end', async () => {
    const source = sourceOf(page([1, 2], 2, false), page([], 7, false), page([8], 8, true));
    expect((await readWhole(source, { pageSize: 2 })).map(({ position }) => position)).toEqual([1, 2, 8]);
    expect(source.asked.map(({ from, limit, direction }) => [from, limit, direction])).toEqual([
      [null, 2, 'forward'],
      [2, 2, 'forward'],
      [7, 2, 'forward'],
    ]);
  });

  it('hands on which part is asked for', async () => {
    const { organizationId, paymentId } = sampleEvent('PaymentCancelled');
    const source = sourceOf();
    await readWhole(source, { organizationId, paymentId, direction: 'backward', from: 5 });
    expect(source.asked).toEqual([{ organizationId, paymentId, direction: 'backward', from: 5, limit: 1000 }]);
  });

  it('reads no page more than it was asked for', async () => {
    const source = sourceOf(page([1, 2], 2, false), page([3], 3, true));
    for await (const event of readLog(source)) {
      if (event.position === 2) break;
    }
    expect(source.asked).toHaveLength(1);
  });

  it('does not turn in circles where a store does not go on', async () => {
    const source = sourceOf(page([1], 1, false), page([], 1, false));
    const read = async () => {
      for await (const each of readPages(source)) expect(each.end).toBe(false);
    };
    await expect(read()).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });
});
