// The style of the repository, tested on the repository itself. Each rule is also shown samples that it must refuse,
// so that a rule which can no longer fail is found.
import { describe, expect, it } from 'vitest';
import { lockfileRules } from './style/lockfile-rules.ts';
import { namingRules } from './style/naming-rules.ts';
import { packageRules } from './style/package-rules.ts';
import { repositoryFiles } from './style/repository-files.ts';
import { syntaxRules } from './style/syntax-rules.ts';
import { textRules } from './style/text-rules.ts';

const files = repositoryFiles();

it('looks at the whole repository', () => {
  expect(files.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['package.json', 'packages/domain/src/index.ts', 'test/repository-style.test.ts']),
  );
});

describe.each([...namingRules, ...syntaxRules, ...textRules, ...packageRules, ...lockfileRules])('$name', (rule) => {
  it('holds', () => {
    expect(rule.violations(files)).toEqual([]);
  });

  it('refuses every bad sample and no good one', () => {
    expect(rule.bad.length).toBeGreaterThan(0);
    for (const sample of rule.bad) expect(rule.violations(sample), JSON.stringify(sample)).not.toEqual([]);
    expect(rule.violations(rule.good)).toEqual([]);
  });
});
