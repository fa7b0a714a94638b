// Server-sent events over a real socket: in order, resumed, per organization, ended with the server.

import { createApiKey, parseOrganizationId, type EventView } from '@paystrata/application';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asker, newFolder, serveIn, type ServerUnderTest } from './running-server.ts';

interface Frame {
  readonly id: string;
  readonly event: string;
  readonly data: EventView;
}

let folder: ReturnType<typeof newFolder>;
let server: ServerUnderTest;
let ask: ReturnType<typeof asker>;

beforeAll(async () => {
  folder = newFolder();
  server = await serveIn(folder.path, { storage: { strategy: 'memory-cqs' } });
  ask = asker(server.url, server.firstKey?.key ?? '');
});

afterAll(async () => {
  await server.stop();
  folder.remove();
});

/** Frames as they come; comments are left out. */
async function* framesOf(answer: Response): AsyncGenerator<Frame> {
  let text = '';
  for await (const part of (answer.body ?? new ReadableStream<Uint8Array>()).pipeThrough(new TextDecoderStream())) {
    text += part;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) if (!block.startsWith(':')) yield frameOf(block);
  }
}

function frameOf(block: string): Frame {
  const fields = new Map(
    block
      .split('\n')
      .map((line): [string, string] => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
  );
  return {
    id: fields.get('id') ?? '',
    event: fields.get('event') ?? '',
    data: JSON.parse(fields.get('data') ?? '{}') as EventView,
  };
}

async function take(frames: AsyncGenerator<Frame>, count: number): Promise<Frame[]> {
  const taken: Frame[] = [];
  for (let left = count; left > 0; left--) {
    const next = await frames.next();
    if (next.done !== true) taken.push(next.value);
  }
  return taken;
}

async function createAndProcess(): Promise<string> {
  const { id } = (await (await ask('POST', '/v1/payments', { amount: 5, currency: 'EUR' })).json()) as { id: string };
  await ask('POST', `/v1/payments/${id}/process`, { method: 'test_approve' });
  return id;
}

describe('the stream', () => {
  it('sends events as they are committed, and goes on after the last that was seen', async () => {
    const answer = await ask('GET', '/v1/events/stream');
    expect(answer.headers.get('content-type')).toBe('text/event-stream');
    const frames = framesOf(answer);
    const id = await createAndProcess();
    const seen = await take(frames, 3);
    expect(seen.map(({ event }) => event)).toEqual(['PaymentCreated', 'PaymentProcessingStarted', 'PaymentProcessed']);
    expect(seen.map(({ data }) => [data.paymentId, data.version])).toEqual([
      [id, 1],
      [id, 2],
      [id, 3],
    ]);
    await frames.return(undefined);
    const resumed = framesOf(await ask('GET', '/v1/events/stream', undefined, { 'last-event-id': seen[0]?.id ?? '' }));
    expect((await take(resumed, 2)).map((frame) => frame.id)).toEqual(seen.slice(1).map((frame) => frame.id));
    await resumed.return(undefined);
  });

  it('begins at the start where that is asked, and sends only what is wanted', async () => {
    const id = await createAndProcess();
    const query = `from=start&type=PaymentProcessed&paymentId=${id}`;
    const frames = framesOf(await ask('GET', `/v1/events/stream?${query}`));
    expect(await take(frames, 1)).toMatchObject([{ event: 'PaymentProcessed', data: { paymentId: id } }]);
    await frames.return(undefined);
  });

  it("sends nothing of another organization's", async () => {
    const { apiKeys, clock } = server.composition;
    const organizationId = parseOrganizationId('globex') ?? '*';
    const { key } = await createApiKey(apiKeys, { organizationId, scopes: ['write'], now: clock.now() });
    const stranger = asker(server.url, key);
    const frames = framesOf(await stranger('GET', '/v1/events/stream?from=start'));
    await createAndProcess();
    await stranger('POST', '/v1/payments', { amount: 7, currency: 'EUR' });
    expect(await take(frames, 1)).toMatchObject([{ data: { organizationId: 'globex' } }]);
    await frames.return(undefined);
  });

  it('refuses an id of another life of the log, and one that is none', async () => {
    const other = newFolder();
    const before = await serveIn(other.path, { storage: { strategy: 'memory-cqs' } });
    const askBefore = asker(before.url, before.firstKey?.key ?? '');
    const created = await askBefore('POST', '/v1/payments', { amount: 5, currency: 'EUR' });
    const lastId = created.headers.get('paystrata-position') ?? '';
    await before.stop();
    other.remove();
    const unknown = await ask('GET', '/v1/events/stream', undefined, { 'last-event-id': lastId });
    expect([unknown.status, await unknown.json()]).toMatchObject([412, { code: 'POSITION_UNKNOWN' }]);
    const nonsense = await ask('GET', '/v1/events/stream', undefined, { 'last-event-id': 'x' });
    expect([nonsense.status, await nonsense.json()]).toMatchObject([400, { param: 'Last-Event-ID' }]);
  });

  it('ends with the server', async () => {
    const other = newFolder();
    const ending = await serveIn(other.path, { storage: { strategy: 'memory-cqs' } });
    const answer = await asker(ending.url, ending.firstKey?.key ?? '')('GET', '/v1/events/stream');
    const rest = answer.text();
    await ending.stop();
    expect(await rest).toMatch(/^: connected/);
    other.remove();
  });
});
