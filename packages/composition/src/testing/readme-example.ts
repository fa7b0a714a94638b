// The example of the README, word for word.

import { commandContext, parseOrganizationId, queryContext } from '@paystrata/application';
import { compose, loadConfig } from '../index.ts';

const config = loadConfig({ env: process.env, cwd: process.cwd(), overrides: { storage: { strategy: 'memory-cqs' } } });
const { commands, queries, ids, start, stop } = await compose(config);
await start();

const organizationId = parseOrganizationId('acme');
if (organizationId === undefined) throw new Error('not the slug of an organization');
const created = await commands.execute(
  { type: 'CreatePayment', amount: 12_999, currency: 'EUR' },
  commandContext({ organizationId }, ids),
);
if (!created.ok) throw new Error(created.rejection.message);
const { paymentId, position } = created.receipt;

// At least as fresh as what was just written, on every strategy.
const context = queryContext({ organizationId, atLeast: position }, ids);
export const found = await queries.execute({ type: 'GetPayment', paymentId, asOf: null }, context);
await stop();
