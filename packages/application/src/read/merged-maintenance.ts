// Maintenance of a strategy whose parts are each kept in order by themselves: the log, the read models, the sinks.

import {
  maintenanceActions,
  type Maintenance,
  type MaintenanceOptions,
  type MaintenanceReport,
} from '../ports/maintenance.ts';
import { capabilityMissing } from './maintenance.ts';

const MAX_DIFFERENCES = 1000;

/**
 * Runs an action on every part that has it, one after the other in the order given, and adds up what they report. What
 * is said of roots and seals is for the first of them: the part that keeps the log.
 */
export function mergeMaintenance(name: string, parts: readonly Maintenance[]): Maintenance {
  const actions = maintenanceActions.filter((action) => parts.some((part) => part.actions.includes(action)));
  return {
    actions,
    run: async (action, scope, options = {}) => {
      const [first, ...others] = parts.filter((part) => part.actions.includes(action));
      if (first === undefined) throw capabilityMissing(name, action, actions);
      let report = await first.run(action, scope, options);
      for (const part of others) report = added(report, await part.run(action, scope, withoutRoots(options)));
      return report;
    },
  };
}

function withoutRoots({ keptRoot: _root, seal: _seal, ...options }: MaintenanceOptions): MaintenanceOptions {
  return options;
}

function added(report: MaintenanceReport, other: MaintenanceReport): MaintenanceReport {
  return {
    ...report,
    checked: report.checked + other.checked,
    changed: report.changed + other.changed,
    differences: [...report.differences, ...other.differences].slice(0, MAX_DIFFERENCES),
    differing: report.differing + other.differing,
  };
}
