import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { PortFailure } from '../../ports/failures.ts';
import { silentLogger, type Logger } from '../../ports/logger.ts';
import type { Handle } from '../message-bus.ts';
import { authorization, requireScopes } from './authorization.ts';
import { correlation, currentCorrelation } from './correlation.ts';
import { logging, metrics, tracing, type Sample } from './observation.ts';
import { validation } from './validation.ts';

const done: Handle<unknown> = async () => ({ ok: true });

describe('validation', () => {
  const schema = z.strictObject({
    type: z.literal('Pay'),
    amount: z.int().transform(BigInt),
    note: z.record(z.string(), z.string()).default({}),
  });
  const check = validation<null>({ Pay: schema });

  it('hands on what the schema makes of the message', async () => {
    let seen: unknown;
    await check({ type: 'Pay', ...{ amount: 5 } }, null, async (message) => void (seen = message));
    expect(seen).toEqual({ type: 'Pay', amount: 5n, note: {} });
  });

  it('names every field that is wrong, and unknown ones', async () => {
    const bad = check({ type: 'Pay', ...{ amount: 1.5, extra: 1 } }, null, done);
    await expect(bad).rejects.toMatchObject({
      code: 'INVALID_MESSAGE',
      issues: [{ path: 'amount' }, { path: '', message: expect.stringContaining('extra') as unknown }],
    });
  });

  it('refuses a key __proto__ wherever it is', async () => {
    const note: unknown = JSON.parse('{"__proto__": "x"}');
    await expect(check({ type: 'Pay', ...{ amount: 1, note } }, null, done)).rejects.toMatchObject({
      issues: [{ path: 'note.__proto__' }],
    });
  });
});

describe('authorization', () => {
  const check = authorization(requireScopes({ Read: 'read' }));

  it('denies by default', async () => {
    await expect(check({ type: 'Read' }, { scopes: ['read'] }, done)).resolves.toEqual({ ok: true });
    await expect(check({ type: 'Read' }, { scopes: ['write'] }, done)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(check({ type: 'Drop' }, { scopes: ['admin'] }, done)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(check({ type: 'toString' }, { scopes: ['read'] }, done)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('correlation', () => {
  const tie = correlation<{ correlationId: string; causationId: string | null; commandId: string }>();

  it('gives what is sent from a handler the correlation of the message, and it as the cause', async () => {
    let inner: unknown;
    await tie({ type: 'Outer' }, { correlationId: 'c', causationId: null, commandId: 'outer' }, async () => {
      expect(currentCorrelation()).toEqual({ correlationId: 'c', causationId: 'outer' });
      await tie(
        { type: 'Inner' },
        { correlationId: 'own', causationId: null, commandId: 'inner' },
        async (_, context) => {
          inner = context;
        },
      );
    });
    expect(inner).toEqual({ correlationId: 'c', causationId: 'outer', commandId: 'inner' });
    expect(currentCorrelation()).toBeUndefined();
  });
});

describe('observation', () => {
  it('tells type, outcome and duration of every message', async () => {
    const samples: Sample[] = [];
    const measure = metrics<null>((sample) => samples.push(sample));
    await measure({ type: 'A' }, null, done);
    await measure({ type: 'B' }, null, async () => ({ ok: false, rejection: { code: 'illegal_state' } }));
    await measure({ type: 'C' }, null, () => Promise.reject(new PortFailure('STORE_FULL', 'full'))).catch(
      () => undefined,
    );
    await measure({ type: 'D' }, null, () => Promise.reject(new TypeError('bug'))).catch(() => undefined);
    expect(samples.map(({ type, outcome }) => `${type} ${outcome}`)).toEqual([
      'A ok',
      'B illegal_state',
      'C STORE_FULL',
      'D error',
    ]);
    expect(samples.every(({ milliseconds }) => milliseconds >= 0)).toBe(true);
  });

  it('never logs the message', async () => {
    const lines: string[] = [];
    const write = (fields: object, message: string) => void lines.push(JSON.stringify({ ...fields, message }));
    const logger: Logger = { ...silentLogger, debug: write, error: write };
    const context = { correlationId: 'c', organizationId: 'acme' };
    await logging(logger)({ type: 'Pay', ...{ secret: 'canary' } }, context, done);
    await logging(logger)({ type: 'Pay' }, context, () => Promise.reject(new Error('canary'))).catch(() => undefined);
    expect(lines).toHaveLength(2);
    expect(lines.join()).toContain('"correlationId":"c"');
    expect(lines.join()).not.toContain('canary');
  });

  it('runs the work within the span of a tracer', async () => {
    const spans: string[] = [];
    const traced = tracing<null>(async ({ type }, _, work) => {
      spans.push(type);
      return work();
    });
    await expect(traced({ type: 'Pay' }, null, done)).resolves.toEqual({ ok: true });
    expect(spans).toEqual(['Pay']);
  });
});
