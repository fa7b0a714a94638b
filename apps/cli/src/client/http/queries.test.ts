import { everyPayment, parseCurrency } from '@paystrata/application';
import { describe, expect, it } from 'vitest';
import type { PaymentCommandInput } from '../client.ts';
import { executeCommand } from './commands.ts';
import type { ApiRequest, Connection } from './connection.ts';
import { followApi } from './follow.ts';
import { rowImporter } from './import-rows.ts';
import { askApi } from './queries.ts';

/** Remembers what is sent, and answers with the given bodies. */
function recording(...bodies: readonly (string | Response)[]) {
  const sent: ApiRequest[] = [];
  const left = [...bodies];
  const connection: Connection = {
    async send(request) {
      sent.push(request);
      const body = left.shift() ?? '{}';
      return body instanceof Response ? body : new Response(body);
    },
  };
  return { connection, sent };
}

const id = '01890000-0000-7000-8000-000000000000';
const shown = JSON.stringify({
  ...{ id, organizationId: 'acme', status: 'failed', amount: 5, currency: 'EUR', captured: 0, refunded: 0 },
  ...{ description: null, reference: null, customer: null, userId: null, workflowId: null, resourceIds: [] },
  ...{ metadata: {}, attempts: [], refunds: [], needsReview: false, failure: null, version: 2, later: 'kept' },
  ...{ createdAt: '', updatedAt: '', processedAt: null, failedAt: null, refundedAt: null },
});

const commands: readonly [PaymentCommandInput, Partial<ApiRequest>][] = [
  [
    { type: 'CreatePayment', amount: 5n, currency: 'EUR', reference: undefined },
    { method: 'POST', path: '/v1/payments', body: '{"amount":5,"currency":"EUR"}' },
  ],
  [
    { type: 'UpdatePayment', paymentId: id, description: null },
    { method: 'PATCH', path: `/v1/payments/${id}`, body: '{"description":null}' },
  ],
  [
    { type: 'DeletePayment', paymentId: id, reason: 'twice' },
    { method: 'DELETE', path: `/v1/payments/${id}`, query: [['reason', 'twice']] },
  ],
  [
    { type: 'ProcessPayment', paymentId: id, method: 'test_approve' },
    { method: 'POST', path: `/v1/payments/${id}/process`, body: '{"method":"test_approve"}' },
  ],
  [
    { type: 'RefundPayment', paymentId: id, amount: 1n },
    { path: `/v1/payments/${id}/refunds`, body: '{"amount":1}' },
  ],
  [
    { type: 'CancelPayment', paymentId: id },
    { path: `/v1/payments/${id}/cancel`, body: '{}' },
  ],
  [{ type: 'SettlePayment', paymentId: id, outcome: 'failed', reason: 'r' }, { path: `/v1/payments/${id}/settle` }],
  [
    { type: 'ErasePersonalData', paymentId: id },
    { path: `/v1/payments/${id}/erase`, body: '{}' },
  ],
];

describe('a command', () => {
  it.each(commands)('becomes a request: $type', async (command, request) => {
    const { connection, sent } = recording(shown);
    expect(await executeCommand(connection, command, {})).toMatchObject({ id, later: 'kept' });
    expect(sent).toMatchObject([request]);
    const isPost = sent[0]?.method === 'POST';
    expect(sent[0]?.headers).toMatchObject(
      isPost ? { 'idempotency-key': expect.any(String) as unknown } : { 'if-match': '*' },
    );
  });

  it('states the version that was seen, and whether it waits for the gateway', async () => {
    const { connection, sent } = recording(shown);
    const command = { type: 'UpdatePayment', paymentId: id } as const;
    await executeCommand(connection, command, { expectedVersion: 3, respondAsync: true });
    expect(sent[0]?.headers).toMatchObject({ 'if-match': '"3"', prefer: 'respond-async' });
  });

  it('that is declined is answered with the payment', async () => {
    const { connection } = recording(new Response(`{"code":"payment_declined","payment":${shown}}`, { status: 402 }));
    const command = { type: 'ProcessPayment', paymentId: id, method: 'test_decline_expired_card' } as const;
    expect(await executeCommand(connection, command, {})).toMatchObject({ status: 'failed' });
  });
});

describe('a query', () => {
  it('becomes the parameters of a URL', async () => {
    const { connection, sent } = recording(
      '{"data":[],"hasMore":false,"next":null,"total":{"value":0,"capped":false}}',
    );
    const eur = parseCurrency('EUR') ?? '';
    await askApi(connection, {
      type: 'SearchPayments',
      filter: {
        ...everyPayment,
        ...{ statuses: ['failed'], currencies: [eur], minAmount: 1n, created: { from: 0, to: '2026-01-01' } },
        ...{ metadata: { 'a b': 'c' }, text: 'x' },
      },
      sort: { by: 'amount', descending: false },
      limit: 5,
    });
    expect(sent[0]?.query?.filter(([, value]) => value !== null)).toEqual([
      ['status', 'failed'],
      ['currency', 'EUR'],
      ['amount[gte]', '1'],
      ['created[gte]', '1970-01-01T00:00:00.000Z'],
      ['created[lt]', '2026-01-01'],
      ['metadata[a b]', 'c'],
      ['q', 'x'],
      ['sort', 'amount'],
      ['order', 'asc'],
      ['limit', '5'],
    ]);
  });

  it('whose answer is of another kind fails with where it is wrong', async () => {
    const { connection } = recording('{"data":[{"id":5}]}');
    await expect(askApi(connection, { type: 'SearchPayments' })).rejects.toMatchObject({
      code: 'UNREACHABLE',
      message: expect.stringContaining('data.0.id') as unknown,
    });
  });
});

describe('rows', () => {
  const outcome = (line: number, code: string, details = {}) =>
    JSON.stringify({
      line,
      ok: false,
      code,
      message: 'why',
      param: null,
      details,
      errors: [{ param: 'a', message: 'b' }],
    });
  const row = { amount: 5n, currency: 'EUR', reference: 'r', settled: false };

  it('are told apart by what became of them', async () => {
    const lines = [
      '{"line":1,"ok":true,"id":"x","version":1,"replayed":false}',
      outcome(2, 'payment_exists', { sameAmount: true }),
      outcome(3, 'payment_exists', { sameAmount: false }),
      outcome(4, 'amount_too_large'),
      outcome(5, 'INVALID_MESSAGE'),
    ];
    const { connection, sent } = recording(`${lines.join('\n')}\n`);
    expect(await rowImporter(connection)(null, [row, row, row, row, row])).toEqual([
      { kind: 'imported' },
      { kind: 'exists', sameAmount: true },
      { kind: 'exists', sameAmount: false },
      { kind: 'refused', code: 'amount_too_large', message: 'why' },
      { kind: 'refused', code: 'row_malformed', message: 'a b' },
    ]);
    expect(sent[0]?.body?.split('\n')[0]).toBe('{"amount":5,"currency":"EUR","reference":"r","settled":false}');
  });

  it('whose outcome is not known fail as a whole', async () => {
    const { connection } = recording(outcome(1, 'STORE_UNAVAILABLE'));
    await expect(rowImporter(connection)(null, [row])).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' });
  });
});

describe('following', () => {
  const event = (version: number) =>
    JSON.stringify({
      ...{
        eventId: 'e',
        type: 'PaymentCreated',
        schemaVersion: 1,
        paymentId: id,
        version,
        position: '1',
        timestamp: '',
      },
      ...{
        organizationId: 'acme',
        actor: 'a',
        userId: null,
        correlationId: 'c',
        causationId: null,
        data: {},
        metadata: {},
      },
    });

  it('goes on after a lost connection where it was', async () => {
    const { connection, sent } = recording(
      `: connected\n\nid: p1\nevent: PaymentCreated\ndata: ${event(1)}\n\nid: p2\nevent: X\ndata: ${event(2)}\n\n`,
      `id: p3\nevent: X\ndata: ${event(3)}\n\n`,
    );
    const stop = new AbortController();
    const versions: number[] = [];
    for await (const { version } of await followApi(connection, stop.signal)) {
      versions.push(version);
      if (version === 3) stop.abort();
    }
    expect(versions).toEqual([1, 2, 3]);
    expect(sent[1]?.headers).toMatchObject({ 'last-event-id': 'p2' });
  });
});
