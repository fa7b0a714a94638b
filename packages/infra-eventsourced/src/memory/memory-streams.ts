// The streams in memory, by name.

import type { StreamMetadata, StreamName } from '@paystrata/application';
import { EventIdIndex } from './event-id-index.ts';

/** The metadata of a stream for which none was set. */
export const noMetadata: StreamMetadata = Object.freeze({ labels: Object.freeze({}) });

export class MemoryStream {
  readonly name: StreamName;
  /** Of its events, in the order of versions. */
  readonly positions: number[] = [];
  readonly eventIds = new EventIdIndex();
  ended = false;
  metadata = noMetadata;
  revision = 0;

  constructor({ organizationId, category, id }: StreamName) {
    this.name = Object.freeze({ organizationId, category, id });
  }

  get version(): number {
    return this.positions.length;
  }
}

/** A map of maps: no name has to be put together to find a stream, and no map grows as large as all streams. */
export class MemoryStreams {
  readonly #organizations = new Map<string, Map<string, Map<string, MemoryStream>>>();

  find({ organizationId, category, id }: StreamName): MemoryStream | undefined {
    return this.#organizations.get(organizationId)?.get(category)?.get(id);
  }

  findOrAdd(name: StreamName): MemoryStream {
    const { organizationId, category, id } = name;
    const categories = obtain(this.#organizations, organizationId, () => new Map<string, Map<string, MemoryStream>>());
    const streams = obtain(categories, category, () => new Map<string, MemoryStream>());
    return obtain(streams, id, () => new MemoryStream(name));
  }
}

function obtain<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
