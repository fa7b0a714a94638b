// Makes payments by the command line.

import { expect } from 'vitest';
import type { Workplace } from './command.ts';
import { payment } from './shapes.ts';

/** Exit codes of the command line. */
const [ok, declined] = [0, 6];

/** A payment of 129.99 EUR, in the state that the commands lead to. @returns its id */
export async function makePayment(
  api: Workplace,
  organization: string,
  reference: string,
  commands: readonly (readonly string[])[],
): Promise<string> {
  const of = ['--organization', organization];
  const create = ['payments', 'create', '--amount', '129.99', '--currency', 'EUR', '--reference', reference];
  const { id } = payment.parse(await api.json(...create, ...of, '--json'));
  for (const [verb = '', ...flags] of commands) {
    const { code, stderr } = await api.run('payments', verb, id, ...flags, ...of);
    expect([ok, declined], stderr).toContain(code);
  }
  return id;
}
