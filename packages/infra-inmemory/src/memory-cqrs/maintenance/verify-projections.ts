// Compares what was projected with the log: what is missing, old, different, or of no payment at all.

import {
  canonicalJson,
  foldAsOf,
  readLog,
  type LogPart,
  type LogSource,
  type MaintenanceOptions,
  type MaintenanceScope,
  type PaymentDocument,
  type PaymentKey,
} from '@paystrata/application';
import type { Projection } from '../projections/projection.ts';
import type { View } from '../projections/view.ts';

/** What is wrong with a payment in a projection, and what it ought to be; null: it ought not to be there. */
export interface Wrong {
  readonly key: PaymentKey;
  readonly projection: Projection<View>;
  readonly problem: string;
}

/** Events of the scope, in order. */
export function partOf(scope: MaintenanceScope): LogPart {
  switch (scope.kind) {
    case 'all':
      return {};
    case 'organization':
      return { organizationId: scope.organizationId };
    case 'payment':
      return { organizationId: scope.organizationId, paymentId: scope.paymentId };
  }
}

/** Goes through the log while it serves; a projection that lags is compared with the log up to its checkpoint. */
export async function* wrongPayments(
  source: LogSource,
  projections: readonly Projection<View>[],
  scope: MaintenanceScope,
  { signal }: MaintenanceOptions,
): AsyncGenerator<Wrong> {
  for await (const event of readLog(source, partOf(scope))) {
    signal?.throwIfAborted();
    if (event.version !== 1) continue;
    const { organizationId, paymentId } = event;
    const key = { organizationId, paymentId };
    for (const projection of projections) {
      const problem = await problemOf(source, projection, key);
      if (problem !== null) yield { key, projection, problem };
    }
  }
  for (const projection of projections) yield* orphans(source, projection, scope);
}

/** The payment as the log has it up to the projection's checkpoint. */
export async function projectedByLog(
  source: LogSource,
  projection: Projection<View>,
  key: PaymentKey,
): Promise<PaymentDocument | null> {
  const { checkpoint } = projection;
  let version = 0;
  for await (const event of readLog(source, key)) if (event.position <= checkpoint) ({ version } = event);
  return version === 0 ? null : foldAsOf(readLog(source, key), { version });
}

async function problemOf(source: LogSource, projection: Projection<View>, key: PaymentKey): Promise<string | null> {
  const due = await projectedByLog(source, projection, key);
  const found = projection.view.get(key);
  const { name } = projection;
  if (due === null) return null;
  if (found === null) return `projection ${name} lacks the payment`;
  const [has, should] = [found.payment.version, due.payment.version];
  if (has < should) return `projection ${name} has version ${has}, the log ${should}`;
  const same = has === should ? due : await foldAsOf(readLog(source, key), { version: has });
  if (canonicalJson(found.payment) === canonicalJson(same?.payment)) return null;
  return `projection ${name} has the payment otherwise than the log`;
}

/** Payments that the log knows nothing of. */
export async function* orphans(
  source: LogSource,
  projection: Projection<View>,
  scope: MaintenanceScope,
): AsyncGenerator<Wrong> {
  const { view, name } = projection;
  const organizations = scope.kind === 'all' ? view.organizations() : [scope.organizationId];
  for (const organizationId of organizations) {
    const keys = [...view.documents(organizationId)].map(({ payment }) => ({ organizationId, paymentId: payment.id }));
    for (const key of keys) {
      if (scope.kind === 'payment' && key.paymentId !== scope.paymentId) continue;
      const { events } = await source.readAll({ direction: 'forward', from: null, limit: 1, ...key });
      if (events.length > 0 || view.get(key) === null) continue;
      yield { key, projection, problem: `projection ${name} has a payment that the log does not know` };
    }
  }
}
