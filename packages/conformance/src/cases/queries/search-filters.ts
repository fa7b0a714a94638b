// Each filter of search by itself, at its edges, and together with others.

import type { PaymentFilter } from '@paystrata/application';
import { instantOf } from '@paystrata/domain';
import type { ConformanceCase } from '../../kit/case.ts';
import { currencyOf, known } from '../../world/parsed.ts';
import { always, currentPayment } from '../../world/reading.ts';
import { changedAt, DAY, day0, finds, recordedAt, recordLedger } from './ledger.ts';

const [EUR, GBP] = [currencyOf('EUR'), currencyOf('GBP')];
const from = (instant: number) => ({ from: instantOf(instant), to: null });
const to = (instant: number) => ({ from: null, to: instantOf(instant) });
const between = (first: number, last: number) => ({ from: instantOf(first), to: instantOf(last) });

export const searchFilters: readonly ConformanceCase[] = [
  {
    name: 'by status: one, several, deleted ones only where they are asked for',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      await finds(world, ledger, {}, ['rent', 'power', 'water', 'phone', 'wages', 'fees']);
      await finds(world, ledger, { statuses: ['failed'] }, ['water']);
      await finds(world, ledger, { statuses: ['pending', 'cancelled'] }, ['rent', 'phone', 'wages', 'fees']);
      await finds(world, ledger, { statuses: ['deleted'] }, ['gift']);
      await finds(world, ledger, { statuses: ['deleted', 'failed'] }, ['water', 'gift']);
      await finds(world, ledger, { statuses: ['refunded'] }, []);
    },
  },
  {
    name: 'by currency and amount: both ends of an amount are included',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      await finds(world, ledger, { currencies: [GBP] }, ['water', 'fees']);
      await finds(world, ledger, { currencies: [GBP, currencyOf('USD')] }, ['water', 'phone', 'fees']);
      await finds(world, ledger, { currencies: [EUR], minAmount: 12_000n, maxAmount: 90_000n }, ['rent', 'power']);
      await finds(world, ledger, { currencies: [EUR], minAmount: 12_001n }, ['rent', 'wages']);
      await finds(world, ledger, { currencies: [EUR], maxAmount: 11_999n }, []);
      await finds(world, ledger, { currencies: [GBP], maxAmount: 1n }, ['fees']);
      await finds(world, ledger, { currencies: [currencyOf('JPY')] }, []);
    },
  },
  {
    name: 'by time: the beginning of a range is included, its end is not, an empty one finds nothing',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      await finds(world, ledger, { created: between(day0 + DAY, day0 + 3 * DAY) }, ['power', 'water']);
      await finds(world, ledger, { created: from(day0 + 5 * DAY) }, ['fees']);
      await finds(world, ledger, { created: to(day0) }, []);
      await finds(world, ledger, { created: to(day0 + 1) }, ['rent']);
      await finds(world, ledger, { created: between(day0, day0) }, []);
      await finds(world, ledger, { updated: between(recordedAt, recordedAt + 1) }, ['rent', 'fees']);
      await finds(world, ledger, { updated: from(changedAt) }, ['power', 'water', 'phone', 'wages']);
      const processedAt = known((await currentPayment(world, ledger.power)).processedAt);
      await finds(world, ledger, { processed: between(processedAt, processedAt + 1) }, ['power']);
      await finds(world, ledger, { processed: to(processedAt) }, []);
      await finds(world, ledger, { created: from(day0 + DAY), processed: from(0) }, ['power']);
    },
  },
  {
    name: 'by reference, user, workflow and resource: exactly, never a part',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      await finds(world, ledger, { reference: 'INV-2026-002' }, ['power']);
      await finds(world, ledger, { reference: 'INV-2026' }, []);
      await finds(world, ledger, { reference: 'inv-2026-002' }, []);
      await finds(world, ledger, { userId: 'user-1' }, ['rent', 'water']);
      await finds(world, ledger, { workflowId: 'flow-1' }, ['rent', 'power']);
      await finds(world, ledger, { resourceId: 'vm-2' }, ['rent', 'power']);
      await finds(world, ledger, { resourceId: 'vm' }, []);
      await finds(world, ledger, { userId: 'user-1', workflowId: 'flow-2' }, ['water']);
    },
  },
  {
    name: 'by customer: id, name or email address, exactly',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      await finds(world, ledger, { customer: 'customer-1' }, ['rent']);
      await finds(world, ledger, { customer: 'Grace Hopper' }, ['water']);
      await finds(world, ledger, { customer: 'ada@example.org' }, ['rent', 'wages']);
      await finds(world, ledger, { customer: 'Ada' }, []);
    },
  },
  {
    name: 'by metadata: every pair must be there',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      await finds(world, ledger, { metadata: { team: 'blue' } }, ['rent', 'power', 'fees']);
      await finds(world, ledger, { metadata: { team: 'blue', floor: '3' } }, ['fees']);
      await finds(world, ledger, { metadata: { team: 'Blue' } }, []);
      await finds(world, ledger, { metadata: { blue: 'team' } }, []);
      await finds(world, ledger, { metadata: { month: '1' } }, ['wages']);
    },
  },
  {
    name: 'all filters together find what matches each of them',
    property: 'search-filters',
    async run(world) {
      const ledger = await recordLedger(world);
      const all: Partial<PaymentFilter> = {
        statuses: ['pending'],
        currencies: [EUR],
        minAmount: 90_000n,
        maxAmount: 90_000n,
        created: between(day0, day0 + 1),
        updated: from(recordedAt),
        processed: always,
        reference: 'INV-2026-001',
        customer: 'Ada Lovelace',
        userId: 'user-1',
        workflowId: 'flow-1',
        resourceId: 'vm-1',
        metadata: { floor: '2' },
        text: 'january rent',
      };
      await finds(world, ledger, all, ['rent']);
      await finds(world, ledger, { ...all, text: 'february' }, []);
      await finds(world, ledger, { ...all, maxAmount: 89_999n, minAmount: 1n }, []);
      await finds(world, ledger, { ...all, userId: 'user-2' }, []);
    },
  },
];
