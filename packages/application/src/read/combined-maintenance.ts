// Several maintenances as one: what each can do, it does.

import type { Maintenance, MaintenanceReport } from '../ports/maintenance.ts';
import { capabilityMissing } from './maintenance.ts';

const MAX_DIFFERENCES = 1000;

/**
 * An action is run by all that have it, one after the other; the reports are added up, but for what was looked at: each
 * looks at the same payments.
 *
 * @param strategy names the whole in the failure of an action that none of them has.
 */
export function combineMaintenance(strategy: string, parts: readonly Maintenance[]): Maintenance {
  const actions = [...new Set(parts.flatMap((part) => part.actions))];
  return {
    actions,
    run: async (action, scope, options) => {
      const reports: MaintenanceReport[] = [];
      for (const part of parts) {
        if (part.actions.includes(action)) reports.push(await part.run(action, scope, options));
      }
      const [first, ...rest] = reports;
      if (first === undefined) throw capabilityMissing(strategy, action, actions);
      return rest.reduce(addUp, first);
    },
  };
}

function addUp(one: MaintenanceReport, other: MaintenanceReport): MaintenanceReport {
  const root = other.root ?? one.root;
  return {
    action: one.action,
    checked: Math.max(one.checked, other.checked),
    changed: one.changed + other.changed,
    differences: [...one.differences, ...other.differences].slice(0, MAX_DIFFERENCES),
    differing: one.differing + other.differing,
    ...(root !== undefined && { root }),
  };
}
