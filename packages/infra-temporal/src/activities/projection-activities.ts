// The activities that take events out of the outboxes of the payments: into the projected log, and at the end into the
// archive.

import { appendEvents } from '../projection/append-events.ts';
import type { ProjectionActivities, ProjectionMessage } from '../protocol/messages.ts';
import { fromWire } from '../protocol/wire.ts';
import type { Stores } from '../strategy/session.ts';

interface Where extends Pick<Stores, 'projection' | 'archive' | 'seals'> {
  /** Is told when the newest of the events was recorded. */
  readonly onProjected: (recordedAt: number) => void;
}

export function createProjectionActivities({ projection, archive, seals, onProjected }: Where): ProjectionActivities {
  return {
    project: async (wire) => {
      const message = fromWire<ProjectionMessage>(wire);
      const version = await appendEvents(projection.store, seals, message);
      projection.notice();
      const last = message.events.at(-1);
      if (last !== undefined) onProjected(last.at);
      return version;
    },
    archive: async (wire) => {
      if (archive === null) throw new Error('this worker has no archive: give it the one that the clients have');
      return archive.keep(fromWire<ProjectionMessage>(wire));
    },
  };
}
