// A strategy of one's own: a store of three small methods in plain maps and arrays. All the rest is derived from it.
import { PortFailure, strategyFromStore } from '@paystrata/application';
import type { Clock, CommitEntry, CommitResult, Ids, PaymentKey, PaymentStore } from '@paystrata/application';
import type { LogRequest, RecordedEvent, Strategy } from '@paystrata/application';
import { eraseEvent, type Payment } from '@paystrata/domain';

/** What the store holds: hand the same one to the next store, and it goes on where this one ended. */
export interface OwnData {
  readonly epoch: string;
  readonly log: RecordedEvent[];
  readonly payments: Map<string, Payment>;
}

export const emptyData = (epoch: string): OwnData => ({ epoch, log: [], payments: new Map() });

export function createOwnStrategy(data: OwnData, { clock, ids }: { clock: Clock; ids: Ids }): Strategy {
  return strategyFromStore({ store: createOwnStore(data), clock, ids });
}

export function createOwnStore(data: OwnData, durable = false): PaymentStore {
  let started = false;
  const open = (): OwnData => {
    if (started) return data;
    throw new PortFailure('STORE_UNAVAILABLE', 'the store is not started: await start() first');
  };
  return {
    name: 'own',
    capabilities: { durable, reads: 'immediate', globalOrder: 'commit', effects: 'runner' },
    start: async () => void (started = true),
    stop: async () => void (started = false),
    epoch: () => open().epoch,
    load: async (key, commandId) => {
      const { payments, log } = open();
      const applied = log.findLast((event) => isOf(key, event) && event.commandId === commandId);
      return { payment: payments.get(nameOf(key)) ?? null, appliedVersion: applied?.version ?? null };
    },
    commit: async (entries) => entries.map((entry) => commitOne(open(), entry)),
    readAll: async (request) => readPage(open().log, request),
  };
}

function commitOne({ payments, log }: OwnData, entry: CommitEntry): CommitResult {
  const applied = log.findLast((event) => isOf(entry, event) && event.commandId === entry.commandId);
  if (applied !== undefined) return { outcome: 'duplicate', version: applied.version, position: applied.position };
  const actualVersion = payments.get(nameOf(entry))?.version ?? 0;
  if (actualVersion !== entry.expectedVersion) return { outcome: 'wrong_version', actualVersion };
  for (const event of entry.events) log.push({ ...event, position: log.length + 1 });
  payments.set(nameOf(entry), entry.payment);
  if (entry.events.some(({ type }) => type === 'PersonalDataErased')) {
    for (const [index, event] of log.entries()) if (isOf(entry, event)) log[index] = eraseEvent(event);
  }
  return { outcome: 'committed', position: log.length };
}

function readPage(log: readonly RecordedEvent[], { direction, from, limit, organizationId, paymentId }: LogRequest) {
  const step = direction === 'forward' ? 1 : -1;
  const events: RecordedEvent[] = [];
  let next = from ?? (step === 1 ? 0 : log.length + 1);
  for (let event = log[next + step - 1]; event !== undefined; event = log[next + step - 1]) {
    if (events.length === limit) return { events, next, end: false };
    const ofOrganization = organizationId === undefined || event.organizationId === organizationId;
    if (ofOrganization && (paymentId === undefined || event.paymentId === paymentId)) events.push(event);
    next = event.position;
  }
  return { events, next, end: true };
}

const nameOf = ({ organizationId, paymentId }: PaymentKey): string => `${organizationId}/${paymentId}`;

const isOf = (key: PaymentKey, event: RecordedEvent): boolean =>
  event.paymentId === key.paymentId && event.organizationId === key.organizationId;
