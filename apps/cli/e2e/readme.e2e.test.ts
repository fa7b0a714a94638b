// The example of the README runs as it stands there.

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createWorkplace } from './command.ts';
import { listOfPayments } from './shapes.ts';

it('runs the commands of the README', async () => {
  const readme = await readFile(join(import.meta.dirname, '..', 'README.md'), 'utf8');
  const [, block = ''] = /```sh\n([\s\S]*?)```/.exec(readme) ?? [];
  const lines = block.trim().split('\n');
  expect(lines.length).toBeGreaterThan(8);
  const place = await createWorkplace();
  await writeFile(join(place.folder, 'june.csv'), 'Number,Amount\nn1,5.00\nn2,-1\n');
  let payment = '';
  for (const line of lines) {
    const words = line.replaceAll('PAYMENT', payment).match(/"[^"]*"|\S+/g) ?? [];
    const { code, stderr } = await place.run(...words.slice(1).map((word) => word.replaceAll('"', '')));
    expect([line, code, stderr]).toEqual([line, 0, expect.not.stringContaining('error') as unknown]);
    const { data } = listOfPayments.parse(await place.json('payments', 'list', '--reference', 'invoice-17', '--json'));
    payment = data[0]?.id ?? '';
  }
  expect(await readFile(join(place.folder, 'refused.csv'), 'utf8')).toContain('3,amount_not_positive');
  await place.remove();
});
