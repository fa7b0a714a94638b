// Takes in events that another log recorded, as they are: what cannot be decided again, because it has happened.

import { evolveAll } from '@paystrata/domain';
import type { AdoptionOutcome, WorkflowEvent } from '../protocol/messages.ts';
import type { PaymentStream } from './payment-stream.ts';

/** Those that follow upon the record are appended, those it has are left out; all of them or none. */
export function adopt(events: readonly WorkflowEvent[], stream: PaymentStream): AdoptionOutcome {
  const known = events.filter(({ version }) => version <= stream.version);
  const other = known.find(({ version, eventId }) => stream.events[version - 1]?.eventId !== eventId);
  if (other !== undefined) return { kind: 'differs', version: other.version };
  const following = events.slice(known.length);
  const gap = following.find(({ version }, index) => version !== stream.version + index + 1);
  if (gap !== undefined) return { kind: 'gap', version: gap.version };
  try {
    evolveAll(stream.payment, following);
  } catch (error) {
    return { kind: 'impossible', problem: error instanceof Error ? error.message : String(error) };
  }
  stream.append(following);
  return { kind: 'adopted', adopted: following.length, known: known.length };
}
