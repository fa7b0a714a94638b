// What is in an event store in memory, until the payments beside it begin another life.

import { ChunkedLog } from './chunked-log.ts';
import { MemoryStreams } from './memory-streams.ts';
import { paymentEnvelope, type PaymentsBeside } from './payments-beside.ts';

export class MemoryLife {
  readonly epoch: string;
  readonly log: ChunkedLog;
  readonly streams = new MemoryStreams();

  constructor(epoch: string, payments: PaymentsBeside | null) {
    this.epoch = epoch;
    this.log = new ChunkedLog((position) => {
      const event = payments?.eventAt(position);
      return event === undefined ? undefined : paymentEnvelope(event);
    });
  }
}
