// Maintenance: what is derived is checked against the log and made anew; what cannot be done says so.

import assert from 'node:assert/strict';
import { instantOf, maintenanceActions, type MaintenanceScope, type Progress } from '@paystrata/application';
import type { ConformanceCase } from '../../kit/case.ts';
import { failsWith } from '../../world/expect.ts';
import { captured, refunded } from '../../world/gateway-work.ts';
import { create } from '../../world/orders.ts';
import { find, search } from '../../world/reading.ts';

export const maintenance: readonly ConformanceCase[] = [
  {
    name: 'verifying finds no difference, whatever its scope, and tells how far it is',
    property: 'maintenance',
    async run(world) {
      const { organizationId } = world;
      const { paymentId } = await captured(world);
      await refunded(world, paymentId, { amount: 1n });
      await create(world);
      await world.reading();
      const scopes: readonly (readonly [MaintenanceScope, number])[] = [
        [{ kind: 'organization', organizationId }, 2],
        [{ kind: 'payment', organizationId, paymentId }, 1],
      ];
      for (const [scope, payments] of scopes) {
        const told: Progress[] = [];
        const options = { onProgress: (progress: Progress) => told.push(progress) };
        const report = await world.strategy.maintenance.run('verify', scope, options);
        assert.deepEqual([report.action, report.differing, report.differences], ['verify', 0, []]);
        assert.equal(report.checked, payments);
        assert.ok((told.at(-1)?.done ?? 0) > 0, 'no progress was told');
      }
    },
  },
  {
    name: 'an action that is not declared fails with CAPABILITY_MISSING, a declared one changes no answer',
    property: 'maintenance',
    async run(world) {
      const { organizationId, strategy } = world;
      const { paymentId } = await captured(world);
      await create(world);
      const look = async () => [await find(world, paymentId), (await search(world)).payments];
      const before = await look();
      const scope = { kind: 'organization', organizationId } as const;
      const { actions } = strategy.maintenance;
      for (const action of maintenanceActions) {
        if (actions.includes(action)) {
          const options = action === 'archive' ? { before: instantOf(Date.now() + 86_400_000) } : {};
          assert.equal((await strategy.maintenance.run(action, scope, options)).action, action);
          assert.deepEqual(await look(), before, `an answer changed by ${action}`);
        } else {
          await failsWith('CAPABILITY_MISSING', () => strategy.maintenance.run(action, scope), action);
        }
      }
      assert.ok(actions.includes('verify'), 'every strategy can be verified');
    },
  },
];
