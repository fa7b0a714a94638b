// The activities that take events out of the outboxes of the payments: into the projected log, and at the end into the
// archive.

import { appendEvents } from '../projection/append-events.ts';
import type { ProjectionActivities, ProjectionMessage } from '../protocol/messages.ts';
import { fromWire } from '../protocol/wire.ts';
import type { Stores } from '../strategy/session.ts';

type Where = Pick<Stores, 'projection' | 'archive' | 'seals'>;

export function createProjectionActivities({ projection, archive, seals }: Where): ProjectionActivities {
  return {
    project: async (wire) => {
      const version = await appendEvents(projection.store, seals, fromWire<ProjectionMessage>(wire));
      projection.notice();
      return version;
    },
    archive: async (wire) => {
      if (archive === null) throw new Error('this worker has no archive: give it the one that the clients have');
      return archive.keep(fromWire<ProjectionMessage>(wire));
    },
  };
}
