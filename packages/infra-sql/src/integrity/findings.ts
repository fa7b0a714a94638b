// What was found to differ, each named: the event, stream, segment or seal.

import { parseOrganizationId, parsePaymentId, type Difference } from '@paystrata/application';
import type { LinkName, LogLink } from './log-pages.ts';

const MAX_DIFFERENCES = 1000;

/** Keeps the first thousand and counts all. */
export class Findings {
  readonly differences: Difference[] = [];
  differing = 0;

  /** Of the log as a whole, or a part of it that is no stream's. */
  ofLog(problem: string): void {
    this.#add({ organizationId: null, paymentId: null, problem });
  }

  ofStream(name: LinkName, problem: string): void {
    const organizationId = parseOrganizationId(name.organization) ?? null;
    const paymentId = name.category === 'payment' ? (parsePaymentId(name.name) ?? null) : null;
    const isNamed = organizationId !== null && paymentId !== null;
    const stream = `stream ${name.organization}/${name.category}/${name.name}: `;
    this.#add({ organizationId, paymentId, problem: isNamed ? problem : `${stream}${problem}` });
  }

  ofEvent({ name, version, position }: Pick<LogLink, 'name' | 'version' | 'position'>, problem: string): void {
    const event = `event ${version} (position ${position}): ${problem}`;
    if (name === null) this.ofLog(event);
    else this.ofStream(name, event);
  }

  #add(difference: Difference): void {
    this.differing += 1;
    if (this.differences.length < MAX_DIFFERENCES) this.differences.push(difference);
  }
}
