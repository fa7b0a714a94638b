import { expect, it } from 'vitest';
import { cliReference } from './testing/cli-reference.ts';

it('docs/cli.md is what the command says of itself (vitest -u writes it)', async () => {
  await expect(cliReference()).toMatchFileSnapshot('../../../docs/cli.md');
});
