// Takes in the events of another log: each payment's into its workflow, then all of them into the projection, in the order
// in which they were given.

import {
  InvalidMessage,
  PortFailure,
  type Adopt,
  type Adopted,
  type Ids,
  type PendingEvent,
} from '@paystrata/application';
import { evolveAll, noPersonalData, type Payment } from '@paystrata/domain';
import type { PaymentArchive } from '../archive/payment-archive.ts';
import type { PersonalSeals } from '../personal/personal-seals.ts';
import type { AdoptionOutcome } from '../protocol/messages.ts';
import type { Records } from '../strategy/records.ts';
import type { PaymentWorkflows } from './payment-workflows.ts';

export interface TemporalAdoptionOptions {
  readonly workflows: Pick<PaymentWorkflows, 'adopt'>;
  readonly records: Pick<Records, 'paymentOf'>;
  readonly archive: PaymentArchive | null;
  readonly seals: PersonalSeals;
  readonly ids: Ids;
  /** Puts them into the projected log. */
  readonly project: Adopt;
}

type Run = readonly [PendingEvent, ...PendingEvent[]];

export function createTemporalAdoption(options: TemporalAdoptionOptions): Adopt {
  return async (events) => {
    const settled = await Promise.allSettled(runsOf(events).map((run) => adoptRun(run, options)));
    const failed = settled.find((each) => each.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await options.project(events);
    const sum = { adopted: 0, known: 0 };
    for (const each of settled) {
      if (each.status === 'rejected') continue;
      sum.adopted += each.value.adopted;
      sum.known += each.value.known;
    }
    return sum;
  };
}

/** All events of each payment. */
function runsOf(events: readonly PendingEvent[]): readonly Run[] {
  const runs = new Map<string, [PendingEvent, ...PendingEvent[]]>();
  for (const event of events) {
    const name = nameOf(event);
    const run = runs.get(name);
    if (run === undefined) runs.set(name, [event]);
    else run.push(event);
  }
  return [...runs.values()];
}

async function adoptRun(run: Run, { workflows, records, archive, seals, ids }: TemporalAdoptionOptions) {
  const [{ organizationId, paymentId, version }] = run;
  const key = { organizationId, paymentId };
  const before = version === 1 ? null : await records.paymentOf(key);
  const creates = version === 1 ? createdBy(run) : null;
  const subject = (creates ?? before)?.subject;
  if (subject === undefined) throw missing(run[0], 1);
  const sealed = await seals.sealEvents(key, subject, run, before?.personal ?? noPersonalData);
  const outcome = await workflows.adopt({ ...key, events: sealed }, creates, `adopt/${ids.next()}`);
  if (outcome !== null) return adopted(run, outcome);
  if (archive === null) throw new Error(`the workflow of payment ${nameOf(key)} has ended, and there is no archive`);
  return archive.adopt(run);
}

/** @throws InvalidMessage where they are not those of one payment */
function createdBy(run: Run): Payment {
  run.forEach((event, index) => {
    if (event.version !== index + 1) throw missing(event, index + 1);
  });
  try {
    const payment = evolveAll(null, run);
    if (payment !== null) return payment;
  } catch (error) {
    throw invalid(run[0], error instanceof Error ? error.message : String(error));
  }
  throw new Error('a run without events');
}

function adopted([first]: Run, outcome: AdoptionOutcome): Adopted {
  switch (outcome.kind) {
    case 'adopted':
      return { adopted: outcome.adopted, known: outcome.known };
    case 'gap':
      throw invalid(first, `has event ${outcome.version} where an earlier one must follow`);
    case 'impossible':
      throw invalid(first, outcome.problem);
    case 'differs':
      throw new PortFailure(
        'WRONG_EXPECTED_VERSION',
        `payment ${nameOf(first)} has another event ${outcome.version} than the one to be taken in: the histories differ`,
        { details: { version: outcome.version } },
      );
  }
}

function missing(event: PendingEvent, expected: number): InvalidMessage {
  return invalid(event, `has event ${event.version} where ${expected} must follow`);
}

function invalid(key: Pick<PendingEvent, 'organizationId' | 'paymentId'>, what: string): InvalidMessage {
  return new InvalidMessage('event', [{ path: '', message: `payment ${nameOf(key)} ${what}` }]);
}

function nameOf({ organizationId, paymentId }: Pick<PendingEvent, 'organizationId' | 'paymentId'>): string {
  return `${organizationId}/${paymentId}`;
}
