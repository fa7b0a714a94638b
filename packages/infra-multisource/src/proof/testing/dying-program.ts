// A process that writes and feeds sources, and kills itself at one point between a commit and a source.

import { programOptions } from '@paystrata/test-servers';
import type { PaymentSource } from '../../ports/source.ts';
import { openPlace, type Place } from './place.ts';
import { startWriters } from './writers.ts';

/** Where it ends. */
export interface CrashPoint {
  readonly source: string;
  /** The batch for that source, from 1. */
  readonly batch: number;
  /** Before the source gets it, so many milliseconds after, or once the source has answered. */
  readonly when: 'before' | 'within' | 'after';
  readonly afterMs: number;
}

export interface DyingOptions {
  readonly place: Place;
  /** Null: it goes on until it is killed. */
  readonly crash: CrashPoint | null;
}

const { place, crash } = programOptions<DyingOptions>();
const die = () => process.kill(process.pid, 'SIGKILL');

const wrap = (source: PaymentSource): PaymentSource => {
  if (source.name !== crash?.source) return source;
  const { batch: last, when, afterMs } = crash;
  const apply = source.apply.bind(source);
  let batches = 0;
  source.apply = async (batch) => {
    batches += 1;
    if (batches !== last) return apply(batch);
    if (when === 'before') die();
    if (when === 'within') setTimeout(die, afterMs);
    const held = await apply(batch);
    if (when === 'after') die();
    return held;
  };
  return source;
};

const opened = await openPlace(place, { background: true, wrap });
process.stdout.write('started\n');
startWriters(opened, 6, 5);
