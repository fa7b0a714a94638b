import { describe, expect, it } from 'vitest';
import { createMessageBus, type Middleware } from './message-bus.ts';

type Greetings = {
  readonly Greet: {
    readonly input: { readonly type: 'Greet'; readonly name: string };
    readonly message: { readonly type: 'Greet'; readonly name: string };
    readonly result: string;
  };
};

function greeter() {
  const bus = createMessageBus<Greetings, { readonly from: string }>();
  bus.register('Greet', async ({ name }, { from }) => `${from} greets ${name}`);
  return bus;
}

describe('a message bus', () => {
  it('hands the message and its context to the one handler', async () => {
    await expect(greeter().execute({ type: 'Greet', name: 'Ada' }, { from: 'Bo' })).resolves.toBe('Bo greets Ada');
  });

  it('runs the middleware registered first outermost, and lets it change message and context', async () => {
    const seen: string[] = [];
    const note =
      (name: string): Middleware<{ readonly from: string }> =>
      async (message, context, next) => {
        seen.push(`${name} in`);
        const result = await next({ ...message, name: `${context.from}’s ${name}` } as typeof message, { from: name });
        seen.push(`${name} out`);
        return result;
      };
    const bus = greeter();
    bus.use(note('outer'));
    bus.use(note('inner'));
    await expect(bus.execute({ type: 'Greet', name: 'Ada' }, { from: 'Bo' })).resolves.toBe(
      'inner greets outer’s inner',
    );
    expect(seen).toEqual(['outer in', 'inner in', 'inner out', 'outer out']);
  });

  it('refuses a second handler and an unknown message, naming what there is', async () => {
    const bus = greeter();
    expect(() => bus.register('Greet', async () => '')).toThrow(
      expect.objectContaining({ code: 'HANDLER_REGISTERED_TWICE' }),
    );
    const unknown = createMessageBus<Greetings, null>().execute({ type: 'Greet', name: 'Ada' }, null);
    await expect(unknown).rejects.toMatchObject({ code: 'UNKNOWN_MESSAGE' });
  });

  it('lets the error of a handler through its middleware', async () => {
    const bus = createMessageBus<Greetings, null>();
    bus.register('Greet', async () => Promise.reject(new Error('hoarse')));
    bus.use((message, context, next) => next(message, context));
    await expect(bus.execute({ type: 'Greet', name: 'Ada' }, null)).rejects.toThrow('hoarse');
  });
});
