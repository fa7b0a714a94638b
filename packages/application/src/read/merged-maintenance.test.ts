// Every part does what it can, and one report says what came of it.
import { expect, it } from 'vitest';
import type { Difference, Maintenance, MaintenanceAction, MaintenanceOptions } from '../ports/maintenance.ts';
import { mergeMaintenance } from './merged-maintenance.ts';

const difference: Difference = { organizationId: null, paymentId: null, problem: 'segment 1' };
const keptRoot = { position: 7, hash: Buffer.alloc(32) };

function part(actions: readonly MaintenanceAction[], differences: readonly Difference[] = []) {
  const told: [MaintenanceAction, MaintenanceOptions | undefined][] = [];
  const maintenance: Maintenance = {
    actions,
    run: async (action, _scope, options) => {
      told.push([action, options]);
      return { action, checked: 2, changed: 1, differences, differing: differences.length };
    },
  };
  return { ...maintenance, told };
}

it('runs what each part has, and adds up', async () => {
  const [log, reads] = [part(['verify', 'archive'], [difference]), part(['rebuild', 'verify'], [difference])];
  const merged = mergeMaintenance('both', [log, reads]);
  expect(merged.actions).toEqual(['verify', 'rebuild', 'archive']);
  const scope = { kind: 'all' } as const;
  expect(await merged.run('verify', scope, { keptRoot, seal: true })).toEqual({
    action: 'verify',
    checked: 4,
    changed: 2,
    differences: [difference, difference],
    differing: 2,
  });
  expect(await merged.run('archive', scope)).toMatchObject({ action: 'archive', checked: 2 });
  expect(log.told).toEqual([
    ['verify', { keptRoot, seal: true }],
    ['archive', {}],
  ]);
  expect(reads.told).toEqual([['verify', {}]]);
  await expect(merged.run('repair', scope)).rejects.toMatchObject({ code: 'CAPABILITY_MISSING' });
});

it('shows a thousand differences, and counts all', async () => {
  const many = Array.from({ length: 700 }, () => difference);
  const report = await mergeMaintenance('both', [part(['verify'], many), part(['verify'], many)]).run('verify', {
    kind: 'all',
  });
  expect(report.differences).toHaveLength(1000);
  expect(report.differing).toBe(1400);
});
