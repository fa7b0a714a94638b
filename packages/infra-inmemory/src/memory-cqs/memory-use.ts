// How much memory the process uses, now and at its peak.

import { memoryUsage } from 'node:process';
import type { Measurement } from '@paystrata/application';

/** Changes between two samples: a sample takes as long as one change. */
const EVERY = 4096;

export class MemoryUse {
  #peakBytes = 0;
  #changes = 0;

  /** Told of every change, so that a peak is seen although nobody asks meanwhile. */
  changed(): void {
    this.#changes += 1;
    if (this.#changes % EVERY === 0) this.#sample();
  }

  /** Objects and typed arrays in use, garbage included; the peak is that of the samples. */
  measure(): readonly Measurement[] {
    const now = this.#sample();
    return [
      { name: 'paystrata_memory_bytes', value: now, labels: { at: 'now' } },
      { name: 'paystrata_memory_bytes', value: this.#peakBytes, labels: { at: 'peak' } },
    ];
  }

  #sample(): number {
    const { heapUsed, arrayBuffers } = memoryUsage();
    const bytes = heapUsed + arrayBuffers;
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
    return bytes;
  }
}
