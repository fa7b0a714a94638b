// The activities that talk to the gateway. Each asks once; whoever cannot be asked, or does not answer, is unknown.

import type { PaymentGateway, Soon } from '@paystrata/application';
import type { Effect, GatewayAnswer } from '@paystrata/domain';
import { heartbeat } from '@temporalio/activity';
import type { GatewayActivities } from '../protocol/messages.ts';
import { fromWire, toWire, type Wire } from '../protocol/wire.ts';

/** Well below the heartbeat time-out of the workflow, so that only a dead worker is taken for dead. */
const HEARTBEAT_MS = 1000;

export function createGatewayActivities(gateway: PaymentGateway, timeoutMs: number): GatewayActivities {
  const ask = async (wire: Wire<Effect>, call: (effect: Effect, signal: AbortSignal) => Soon<GatewayAnswer>) => {
    const effect = fromWire<Effect>(wire);
    const beating = setInterval(() => heartbeat(), HEARTBEAT_MS);
    try {
      return toWire(await withinTime(timeoutMs, (signal) => call(effect, signal)));
    } finally {
      clearInterval(beating);
    }
  };
  return {
    charge: (wire) =>
      ask(wire, ({ organizationId, gatewayKey, amount, method }, signal) =>
        gateway.charge({ organizationId, gatewayKey, amount, method: method ?? '', signal }),
      ),
    refund: (wire) =>
      ask(wire, ({ organizationId, gatewayKey, amount, chargeKey }, signal) =>
        gateway.refund({ organizationId, gatewayKey, amount, chargeKey, signal }),
      ),
    lookup: (wire) =>
      ask(wire, ({ organizationId, gatewayKey }, signal) => gateway.lookup({ organizationId, gatewayKey, signal })),
  };
}

/** What is not answered in time is unknown; the call is aborted. What is thrown fails the activity: unknown, too. */
async function withinTime(
  timeoutMs: number,
  call: (signal: AbortSignal) => Soon<GatewayAnswer>,
): Promise<GatewayAnswer> {
  const signal = AbortSignal.timeout(timeoutMs);
  const late = new Promise<GatewayAnswer>((resolve) => {
    signal.addEventListener('abort', () => resolve({ outcome: 'unknown' }), { once: true });
  });
  return Promise.race([call(signal), late]);
}
