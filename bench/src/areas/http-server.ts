// Starts the servers that HTTP is measured on: the collector of each has nothing to do with what was measured before.

import { fork } from 'node:child_process';
import { once } from 'node:events';
import type { ConfigOverrides } from '@paystrata/composition';
import { z } from 'zod';

export type Storage = NonNullable<ConfigOverrides['storage']>;

const addressSchema = z.object({ port: z.int(), path: z.string(), headers: z.record(z.string(), z.string()) });

const messageSchema = z.tuple([addressSchema, z.unknown()]);

export type Address = z.infer<typeof addressSchema>;

export interface Served extends Address {
  readonly close: () => Promise<void>;
}

/** @param storage of Paystrata's API; null for a bare Fastify that checks a schema. */
export async function startHttpServer(storage: Storage | null): Promise<Served> {
  const program = new URL('http-server-program.ts', import.meta.url);
  const child = fork(program, [JSON.stringify(storage)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const gone = ended.then(() => Promise.reject(new Error('the server ended before it served')));
  const [address] = messageSchema.parse(await Promise.race([once(child, 'message'), gone]));
  const close = async () => {
    child.disconnect();
    await ended;
  };
  return { ...address, close };
}
