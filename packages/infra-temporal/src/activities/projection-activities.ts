// The activity that takes events out of the outboxes of the payments into the projection log.

import type { ProjectionActivities, ProjectionMessage } from '../protocol/messages.ts';
import type { ProjectionLog } from '../projection/projection-log.ts';
import { fromWire } from '../protocol/wire.ts';

export function createProjectionActivities(log: Pick<ProjectionLog, 'append'>): ProjectionActivities {
  return {
    project: async (wire) => log.append(fromWire<ProjectionMessage>(wire)),
  };
}
