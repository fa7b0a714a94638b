// The whole application over a store, for the tests of this package.

import { commandContext, type CommandContext } from '../buses/context.ts';
import { createEffectRunner } from '../gateway/effect-runner.ts';
import { createSandboxGateway } from '../gateway/sandbox-gateway.ts';
import { createMemoryLedger, type SandboxLedger } from '../gateway/sandbox-ledger.ts';
import type { Clock } from '../ports/clock.ts';
import type { Ids } from '../ports/ids.ts';
import { silentLogger } from '../ports/logger.ts';
import type { PaymentGateway } from '../ports/payment-gateway.ts';
import type { PaymentStore } from '../ports/payment-store.ts';
import type { Receipt, WriteResult } from '../ports/write-model.ts';
import { strategyFromStore } from '../strategy/strategy-from-store.ts';
import { createCommandBus, type CommandMap, type CommandType } from '../use-cases/command-bus.ts';
import { acme } from './known.ts';

type SingleCommand = Exclude<CommandType, 'ImportPayments'>;

export interface TestApplicationOptions {
  readonly store: PaymentStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly gateway?: (sandbox: PaymentGateway) => PaymentGateway;
  readonly ledger?: SandboxLedger;
}

export function createTestApplication(options: TestApplicationOptions) {
  const { store, clock, ids, ledger = createMemoryLedger(), gateway = (sandbox) => sandbox } = options;
  const strategy = strategyFromStore({ store, clock, ids });
  const effects = createEffectRunner({
    strategy,
    clock,
    logger: silentLogger,
    gateway: gateway(createSandboxGateway(ledger)),
  });
  const commands = createCommandBus({ strategy, effects, ids, clock, maxAmount: 10n ** 12n });
  const contextOf = (given: Partial<CommandContext> = {}) => commandContext({ organizationId: acme, ...given }, ids);
  const attempt = <Type extends SingleCommand>(
    message: CommandMap[Type]['input'] & { readonly type: Type },
    context: Partial<CommandContext> = {},
  ): Promise<WriteResult> => commands.execute<Type>(message, contextOf(context));
  /** As `attempt`, for what must not be refused. */
  const send = async <Type extends SingleCommand>(
    message: CommandMap[Type]['input'] & { readonly type: Type },
    context: Partial<CommandContext> = {},
  ): Promise<Receipt> => {
    const result = await attempt<Type>(message, context);
    if (!result.ok) throw new Error(`refused: ${result.rejection.code}`);
    return result.receipt;
  };
  return { strategy, effects, commands, ledger, contextOf, attempt, send };
}
