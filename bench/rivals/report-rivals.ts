// `npm run bench -- rivals`: runs every case on both sides and prints what was seen.

import { startPostgres } from '@paystrata/test-servers';
import { rivalCases } from './cases.ts';

/** Prints one line a case. @throws what a scenario throws that could not be run at all. */
export async function reportRivals(): Promise<void> {
  console.log('\n| known failure | rival | there | ours |\n| --- | --- | --- | --- |');
  await using server = await startPostgres({ own: true });
  await using elsewhere = await startPostgres({ own: true });
  const world = { database: () => server.createDatabase(), databaseElsewhere: () => elsewhere.createDatabase() };
  for (const { name, rival, onRival, onOurs } of rivalCases) {
    const [theirs, ours] = [await onRival(world), await onOurs(world)];
    console.log(`| ${name} | ${rival} | ${shown(theirs)} | ${shown(ours)} |`);
  }
}

function shown({ broken, saw }: { readonly broken: boolean; readonly saw: string }): string {
  return `${broken ? 'RED' : 'green'}: ${saw}`;
}
