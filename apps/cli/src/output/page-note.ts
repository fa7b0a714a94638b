// What a person needs to know beside a page of a list.

import type { ListView } from '@paystrata/application';
import type { Terminal } from '../terminal.ts';

/** How many there are, and how to see the next ones. */
export function noteOnPage(terminal: Terminal, { data, total, next }: ListView<unknown>): void {
  const all = `${total.capped ? 'more than ' : ''}${total.value.toLocaleString('en')}`;
  terminal.note(total.value === data.length && !total.capped ? `${all} in all` : `${data.length} of ${all}`);
  if (next !== null) terminal.note(`next page: --cursor ${next}`);
}
