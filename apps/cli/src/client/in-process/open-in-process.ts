// A client upon the configured store, opened in this process.

import {
  commandContext,
  paymentView,
  parsePaymentId,
  PortFailure,
  queryContext,
  type MaintenanceScope,
  type OrganizationId,
  type QueryType,
  type WriteResult,
} from '@paystrata/application';
import { compose, type Composition, type Config } from '@paystrata/composition';
import { CommandError } from '../../errors/command-error.ts';
import type { Answers, Client, MaintenanceTarget, QueryOf } from '../client.ts';
import { views } from './answers.ts';
import { followLog, wholeLog } from './follow.ts';
import { referenceFinder, rowImporter } from './import-rows.ts';
import { localSender, type Sender } from './sender.ts';
import { storageView } from './storage-view.ts';

/** Windows of an import under way: one is parsed while another is committed. */
const IMPORTS_IN_FLIGHT = 2;

/** After a large import the tables that are asked have much to catch up with, and here nobody did it meanwhile. */
const READ_TIMEOUT_MS = 600_000;

/** Opens the store. @throws PortFailure */
export async function openInProcess(config: Config, organizationId: OrganizationId): Promise<Client> {
  const composition = await compose(config, { background: false, logTo: 'stderr' });
  try {
    await composition.start();
  } catch (error) {
    await composition.stop();
    throw error;
  }
  return clientUpon(composition, localSender(organizationId));
}

function clientUpon(composition: Composition, sender: Sender): Client {
  const { strategy, commands, ids, config } = composition;
  return {
    name: `${strategy.name} in this process`,
    durable: strategy.capabilities.durable,
    maxAmount: config.limits.maxAmount,
    importsInFlight: IMPORTS_IN_FLIGHT,
    execute: async (command, { expectedVersion = null, respondAsync = false, onWorkflow } = {}) => {
      const context = commandContext({ ...sender, expectedVersion, respondAsync }, ids);
      const result = await commands.execute(command, context);
      const workflowId = result.ok && respondAsync ? strategy.workflowIdOf?.(result.receipt) : undefined;
      if (workflowId !== undefined) onWorkflow?.(workflowId);
      return accepted(result);
    },
    ask: (query) => ask(composition, sender, query),
    importRows: rowImporter(composition, sender),
    findReferences: referenceFinder(composition, sender),
    follow: (signal) => followLog(composition, sender.organizationId, signal),
    log: (every) => wholeLog(composition, every ? null : sender.organizationId),
    adopt: strategy.adopt ?? (async () => Promise.reject(cannotAdopt(strategy.name))),
    storage: () => storageView(strategy),
    maintain: (action, target, watch) => strategy.maintenance.run(action, scopeOf(target, sender), watch),
    close: () => composition.stop(),
  };
}

async function ask<Type extends QueryType>(
  { queries, ids }: Composition,
  sender: Sender,
  query: QueryOf<Type>,
): Promise<Answers[Type]> {
  const type: Type = query.type;
  const context = queryContext({ ...sender, timeoutMs: READ_TIMEOUT_MS }, ids);
  return views[type](await queries.execute<Type>(query, context), query, sender.organizationId);
}

function accepted(result: WriteResult) {
  if (result.ok) return paymentView(result.receipt.payment);
  const { code, message } = result.rejection;
  throw new CommandError(code, message);
}

function scopeOf({ kind, paymentId }: MaintenanceTarget, { organizationId }: Sender): MaintenanceScope {
  if (kind === 'all') return { kind };
  if (kind === 'organization') return { kind, organizationId };
  const id = parsePaymentId(paymentId ?? '');
  if (id === undefined) throw new CommandError('USAGE', `"${paymentId}" is not the id of a payment`);
  return { kind, organizationId, paymentId: id };
}

function cannotAdopt(strategy: string): PortFailure {
  return new PortFailure('CAPABILITY_MISSING', `${strategy} makes its own history: it cannot take in events`);
}
