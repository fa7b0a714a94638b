// The life of payments through the real command, on the durable default: what is printed, and how each command ends.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';
import { eventsOf, listOfPayments, payment } from './shapes.ts';

let place: Workplace;
beforeAll(async () => {
  place = await createWorkplace();
});
afterAll(() => place.remove());

async function create(...flags: readonly string[]): Promise<string> {
  const made = await place.json('payments', 'create', '--amount', '129.99', '--currency', 'EUR', ...flags, '--json');
  return payment.parse(made).id;
}

describe('payments', () => {
  it('are created for the organization demo, with all that can be said of them', async () => {
    const made = await place.json(
      ...['payments', 'create', '--amount', '1,129.90', '--currency', 'EUR', '--reference', 'invoice-1'],
      ...[
        '--description',
        'Straße',
        '--customer-name',
        'Zoë',
        '--customer-email',
        'zoe@example.org',
        '--customer-id',
        'c-1',
      ],
      ...[
        '--user',
        'u-1',
        '--workflow',
        'w-1',
        '--resource',
        'r-1',
        '--resource',
        'r-2',
        '--metadata',
        'a=b=c',
        '--json',
      ],
    );
    expect(made).toMatchObject({
      organizationId: 'demo',
      status: 'pending',
      amount: 112_990,
      currency: 'EUR',
      reference: 'invoice-1',
      description: 'Straße',
      customer: { name: 'Zoë', email: 'zoe@example.org' },
      userId: 'u-1',
      workflowId: 'w-1',
      resourceIds: ['r-1', 'r-2'],
      metadata: { a: 'b=c' },
      version: 1,
    });
    const { code, stderr } = await place.run(
      'payments',
      'create',
      '--amount',
      '5',
      '--currency',
      'EUR',
      '--reference',
      'invoice-1',
    );
    expect([code, stderr]).toEqual([5, expect.stringContaining('(payment_exists)')]);
  });

  it('are shown to people in words and decimals', async () => {
    const id = await create('--reference', 'shown-1', '--customer-name', 'Red \u001b[31mAlert\nLtd');
    const { code, stdout } = await place.run('payments', 'get', id);
    expect(code).toBe(0);
    expect(stdout).toContain('129.99 EUR');
    expect(stdout).toContain('Red ␛[31mAlert␊Ltd');
    expect(stdout).not.toContain('\u001b');
  });

  it('are changed, and only if they are still what they were', async () => {
    const id = await create('--description', 'first');
    const changed = await place.json(
      ...[
        'payments',
        'update',
        id,
        '--amount',
        '99.5',
        '--description',
        '',
        '--metadata',
        'team=x',
        '--if-version',
        '1',
        '--json',
      ],
    );
    expect(changed).toMatchObject({ amount: 9950, description: null, metadata: { team: 'x' }, version: 2 });
    const { code, stderr } = await place.run('payments', 'update', id, '--amount', '1', '--if-version', '1');
    expect([code, stderr]).toEqual([5, expect.stringContaining('WRONG_EXPECTED_VERSION')]);
    expect(await place.json('payments', 'get', id, '--as-of', '1', '--json')).toMatchObject({ amount: 12_999 });
  });

  it('are declined: the payment is printed, and the command ends with 6', async () => {
    const id = await create();
    const { code, stdout, stderr } = await place.run(
      ...['payments', 'process', id, '--method', 'test_decline_insufficient_funds', '--json'],
    );
    expect(code).toBe(6);
    expect(JSON.parse(stdout)).toMatchObject({ id, status: 'failed', failure: { code: 'insufficient_funds' } });
    expect(stderr).toContain('the gateway declined the payment: insufficient_funds');
    expect(await place.json('payments', 'process', id, '--method', 'test_approve', '--json')).toMatchObject({
      status: 'completed',
      captured: 12_999,
    });
  });

  it('whose outcome is not known stay processing, which is no failure', async () => {
    const id = await create();
    const { code, stdout, stderr } = await place.run(
      ...['payments', 'process', id, '--method', 'test_timeout_then_approve', '--json'],
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ status: 'processing' });
    expect(stderr).toContain('it is not known yet what became of the payment');
  });

  it('answered with another amount wait for a person, who settles them', async () => {
    const id = await create();
    const { code, stderr } = await place.run('payments', 'process', id, '--method', 'test_wrong_amount');
    expect([code, stderr]).toEqual([0, expect.stringContaining('waits for a person')]);
    const settled = await place.json(
      ...['payments', 'settle', id, '--outcome', 'failed', '--reason', 'never arrived', '--json'],
    );
    expect(settled).toMatchObject({ status: 'failed', needsReview: false });
  });

  it('are refunded in parts, never beyond what was captured', async () => {
    const id = await create();
    await place.json('payments', 'process', id, '--method', 'test_approve', '--amount', '129.99', '--json');
    expect(await place.json('payments', 'refund', id, '--amount', '100', '--reason', 'part', '--json')).toMatchObject({
      status: 'partially_refunded',
      refunded: 10_000,
    });
    const { code, stderr } = await place.run('payments', 'refund', id, '--amount', '30');
    expect([code, stderr]).toEqual([5, expect.stringContaining('refund_exceeds_captured')]);
    expect(await place.json('payments', 'refund', id, '--json')).toMatchObject({
      status: 'refunded',
      refunded: 12_999,
    });
  });

  it('are cancelled, deleted and erased, the latter two only with --confirm', async () => {
    const id = await create('--customer-name', 'Ada');
    expect(await place.json('payments', 'cancel', id, '--reason', 'twice', '--json')).toMatchObject({
      status: 'cancelled',
    });
    const refused = await place.run('payments', 'delete', id);
    expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('add --confirm')]);
    expect((await place.run('payments', 'erase', id)).code).toBe(2);
    expect(await place.json('payments', 'erase', id, '--confirm', '--json')).toMatchObject({ customer: null });
    expect(await place.json('payments', 'delete', id, '--confirm', '--json')).toMatchObject({ status: 'deleted' });
    const { code, stderr } = await place.run('payments', 'get', id);
    expect([code, stderr]).toEqual([3, expect.stringContaining('payments history')]);
    const history = eventsOf.parse(await place.json('payments', 'history', id, '--json'));
    expect(history.at(-1)).toMatchObject({ type: 'PaymentDeleted', actor: expect.stringMatching(/^cli:/) as unknown });
    expect((await place.run('payments', 'timeline', id)).stdout).toContain('AFTER');
  });

  it('are listed page by page', async () => {
    const pages = ['payments', 'list', '--currency', 'EUR', '--sort', 'created', '--asc', '--limit', '3', '--json'];
    const first = listOfPayments.parse(await place.json(...pages));
    const second = listOfPayments.parse(await place.json(...pages, '--cursor', first.next ?? ''));
    expect(listOfPayments.parse(await place.json(...pages, '--page', '2')).data).toEqual(second.data);
    expect(new Set([...first.data, ...second.data].map(({ id }) => id)).size).toBe(6);
  });

  it('are listed as empty where there are none', async () => {
    const nobody = ['--organization', 'nobody', '--json'];
    expect(await place.json('payments', 'list', ...nobody)).toEqual({
      data: [],
      hasMore: false,
      next: null,
      total: { value: 0, capped: false },
    });
    expect((await place.run('suggest', 'x', ...nobody)).stdout).toBe('[]\n');
    expect((await place.run('events', 'trends', ...nobody)).stdout).toBe('[]\n');
  });
});

describe('watching', () => {
  it('prints a payment each time it changes, and ends with Ctrl-C', async () => {
    const id = await create();
    const watch = place.start('payments', 'watch', id, '--json');
    const seen = () =>
      watch
        .printed()
        .stdout.split('\n')
        .filter(Boolean)
        .map((line) => payment.parse(JSON.parse(line)).status);
    await expect.poll(seen, { timeout: 20_000 }).toEqual(['pending']);
    await place.json('payments', 'process', id, '--method', 'test_approve', '--json');
    await expect.poll(() => seen().at(-1), { timeout: 20_000 }).toBe('completed');
    watch.child.kill('SIGINT');
    expect((await watch.ended).code).toBe(0);
  });

  it('prints events as they happen, as lines of JSON', async () => {
    const watch = place.start('events', 'watch', '--type', 'PaymentCreated', '--json');
    await expect.poll(() => watch.printed().stderr, { timeout: 20_000 }).toContain('watching');
    const id = await create();
    await expect.poll(() => watch.printed().stdout, { timeout: 20_000 }).toContain(id);
    watch.child.kill('SIGINT');
    expect((await watch.ended).code).toBe(0);
  });
});
