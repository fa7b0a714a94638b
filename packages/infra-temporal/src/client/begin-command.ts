// Commands that are begun and not waited for, by the very use cases that everybody else goes through.

import {
  createCommandBus,
  createEffectRunner,
  silentLogger,
  type CommandContext,
  type CommandMap,
  type PaymentGateway,
  type WriteResult,
} from '@paystrata/application';
import type { PaymentClientOptions } from './payment-client.ts';
import type { StartedCommand } from './temporal-write-model.ts';

export type AnyCommand = CommandMap[Exclude<keyof CommandMap, 'ImportPayments'>]['input'];

/** @throws PortFailure */
export async function beginCommand(
  options: PaymentClientOptions,
  command: AnyCommand,
  context: CommandContext,
): Promise<StartedCommand | WriteResult> {
  const { write } = options;
  const execute: typeof write.execute = async (order) => {
    const begun = await write.begin(order);
    if ('ok' in begun) return begun;
    throw new Taken(begun);
  };
  const strategy = { ...options.strategy, write: { ...options.strategy.write, execute } };
  try {
    return await createCommandBus({ ...commandDependencies(options), strategy }).execute(command, context);
  } catch (error) {
    if (error instanceof Taken) return error.begun;
    throw error;
  }
}

/** Ends a use case where its command was taken: what comes after it is the workflow's to do. */
class Taken extends Error {
  readonly begun: StartedCommand;

  constructor(begun: StartedCommand) {
    super('the command was taken');
    this.begun = begun;
  }
}

export function commandDependencies({ strategy, ids, clock, maxAmount }: PaymentClientOptions) {
  const effects = createEffectRunner({ strategy, gateway: nobody, clock, logger: silentLogger });
  return { ids, clock, maxAmount, effects };
}

/** Workflows call the gateway by their activities. */
const never = async (): Promise<never> => {
  throw new Error('a client of workflows calls no gateway');
};
const nobody: PaymentGateway = { charge: never, refund: never, lookup: never };
