// How long it takes to bring a message to its handler: our bus without middleware beside that of NestJS.

import { createMessageBus } from '@paystrata/application';
import { compare, type ComparisonResult, type Contender } from '../harness/compare.ts';
import { Count, startNestBus } from '../peers/nest.ts';

const MESSAGES = 300_000;

type Counting = {
  readonly Count: {
    readonly input: { readonly type: 'Count'; readonly by: number };
    readonly message: { readonly type: 'Count'; readonly by: number };
    readonly result: number;
  };
};

const ours: Contender = {
  name: 'our message bus',
  prepare: () => {
    const bus = createMessageBus<Counting, null>();
    bus.register('Count', async ({ by }) => by);
    return {
      run: async () => {
        let sum = 0;
        for (let sent = 0; sent < MESSAGES; sent++) sum += await bus.execute({ type: 'Count', by: 1 }, null);
        return sum;
      },
    };
  },
};

const nest: Contender = {
  name: '@nestjs/cqrs command bus',
  prepare: async () => {
    const { bus, close } = await startNestBus();
    return {
      run: async () => {
        let sum = 0;
        for (let sent = 0; sent < MESSAGES; sent++) sum += await bus.execute<Count, number>(new Count(1));
        return sum;
      },
      dispose: close,
    };
  },
};

export async function benchBus(): Promise<readonly ComparisonResult[]> {
  return [await compare({ title: 'bus dispatch, no middleware', unit: 'messages', contenders: [ours, nest] })];
}
