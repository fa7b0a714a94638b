import { expect, it } from 'vitest';
import type { Maintenance, MaintenanceAction, MaintenanceReport } from '../ports/maintenance.ts';
import { combineMaintenance } from './combined-maintenance.ts';

function maintenanceOf(...actions: MaintenanceAction[]): Maintenance {
  return {
    actions,
    run: async (action): Promise<MaintenanceReport> => {
      const difference = { organizationId: null, paymentId: null, problem: actions.join() };
      return { action, checked: 2, changed: 1, differences: [difference], differing: 1 };
    },
  };
}

const all = { kind: 'all' } as const;

it('runs an action wherever there is one, and adds up what came of it', async () => {
  const combined = combineMaintenance('both', [maintenanceOf('verify', 'archive'), maintenanceOf('verify', 'rebuild')]);
  expect(combined.actions).toEqual(['verify', 'archive', 'rebuild']);
  const verified = await combined.run('verify', all);
  expect(verified).toMatchObject({ action: 'verify', checked: 2, changed: 2, differing: 2 });
  expect(verified.differences.map(({ problem }) => problem)).toEqual(['verify,archive', 'verify,rebuild']);
  expect(await combined.run('archive', all)).toMatchObject({ checked: 2, differing: 1 });
});

it('says what nobody can do', async () => {
  await expect(combineMaintenance('both', [maintenanceOf('verify')]).run('optimize', all)).rejects.toMatchObject({
    code: 'CAPABILITY_MISSING',
    details: { strategy: 'both', action: 'optimize' },
  });
});
