// `npm run boundaries` where nothing is prepared: the rule that nx would skip in silence must refuse all the same.

import { spawnSync } from 'node:child_process';
import { cpSync, globSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

describe('npm run boundaries in a workspace without a project graph', () => {
  const importOfSql = "import { planted } from '@paystrata/infra-sql';\nexport const use = planted;\n";
  const copy = mkdtempSync(join(tmpdir(), 'paystrata-boundaries-'));
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  beforeAll(() => {
    const manifests = globSync('{packages,apps,tools}/*/package.json', { cwd: root });
    const files = ['package.json', 'package-lock.json', 'nx.json', 'tsconfig.base.json', 'eslint.boundaries.config.js'];
    for (const path of [...files, 'scripts/lint.ts', 'bench/package.json', ...manifests]) {
      cpSync(join(root, path), join(copy, path));
    }
    for (const manifest of manifests) plant(join(dirname(manifest), 'src', 'index.ts'), '// Nothing.\nexport {};\n');
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  });

  function boundaries() {
    const program = [join('scripts', 'lint.ts'), '--boundaries'];
    return spawnSync(process.execPath, program, { cwd: copy, encoding: 'utf8' });
  }

  function plant(path: string, text: string): void {
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    writeFileSync(join(copy, path), text);
  }

  it('passes, then fails for one planted file, and then for a package without a layer', () => {
    const clean = boundaries();
    expect(clean.status, clean.stdout + clean.stderr).toBe(0);

    plant('packages/application/src/planted.ts', importOfSql);
    const planted = boundaries();
    expect(planted.status).not.toBe(0);
    expect(planted.stdout).toContain('@nx/enforce-module-boundaries');

    rmSync(join(copy, 'packages/application/src/planted.ts'));
    plant('packages/newcomer/package.json', JSON.stringify({ name: '@paystrata/newcomer', version: '0.1.0' }));
    const newcomer = boundaries();
    expect(newcomer.status).not.toBe(0);
    expect(newcomer.stderr).toContain('packages/newcomer');
  }, 120_000);
});
