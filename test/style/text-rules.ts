// What the text of files may or must say: comments that silence tools, a first line, length, names of machines.
import { type StyleRule, file, isCode, isSource } from './rule.ts';

const longest = 400;
const highestMedian = 90;

const lines = (text: string): number => text.trimEnd().split('\n').length;
const linesOf = (count: number): string => '// A line.\n'.repeat(count);

/** Folders of somebody's machine. `~` and relative paths are fine; so are words such as workflow. */
const machinePath = /(?<![\w.~)}\]-])\/(work|root|home|tmp|Users)\/[\w.]/;
// In pieces, so that this file does not name what it forbids.
const registryHosts = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['pythonhosted', 'org'],
  ['proxy', 'golang', 'org'],
  ['repo1', 'maven', 'org'],
].map((labels) => labels.join('.'));
const silenced = /^\s*(\/\/|\/\*|\*).*@ts-(ignore|nocheck)/;
const disabled = /^\s*(\/\/|\/\*).*eslint-disable(?!.* -- \w)/;

const linesThat = (pattern: RegExp) => (files: readonly { readonly path: string; readonly text: string }[]) =>
  files.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, i) => (pattern.test(line) ? [`${path}:${i + 1}`] : [])),
  );

export const textRules: readonly StyleRule[] = [
  {
    name: 'the compiler is never silenced, and the lint only with a reason',
    violations: (files) => [silenced, disabled].flatMap((pattern) => linesThat(pattern)(files.filter(isCode))),
    bad: ['// @ts-ignore', '/* @ts-nocheck */', '// eslint-disable-next-line no-console'].map((line) => [
      file('packages/domain/src/sample.ts', `// What for.\n  ${line}\n`),
    ]),
    good: [
      file('packages/domain/src/sample.ts', '// eslint-disable-next-line no-console -- the console is the output'),
    ],
  },
  {
    name: 'a source file begins with what it is for',
    violations: (files) =>
      files.filter(isSource).flatMap(({ path, text }) => {
        const first = text.replace(/^#!.*\n/, '').trimStart();
        return /^\/\/ \S|^\/\*\*?\s+\S/.test(first) ? [] : [path];
      }),
    bad: [[file('packages/domain/src/sample.ts', "import { a } from './a.ts';\n")], [file('bench/src/a.ts', '')]],
    good: [
      file('packages/domain/src/sample.ts', '// What for.\n'),
      file('apps/cli/src/main.ts', '#!/usr/bin/env node\n// What for.\n'),
      file('packages/domain/src/sample.test.ts', "import { a } from './a.ts';\n"),
    ],
  },
  {
    name: `no source file is longer than ${longest} lines`,
    violations: (files) => files.filter((file) => isSource(file) && lines(file.text) > longest).map(({ path }) => path),
    bad: [[file('packages/domain/src/sample.ts', linesOf(longest + 1))]],
    good: [file('packages/domain/src/sample.ts', linesOf(longest))],
  },
  {
    name: `half of all source files have at most ${highestMedian} lines`,
    violations: (files) => {
      const lengths = files.filter(isSource).map(({ text }) => lines(text));
      const median = lengths.sort((a, b) => a - b)[Math.floor(lengths.length / 2)] ?? 0;
      return median > highestMedian ? [`the median is ${median} lines`] : [];
    },
    bad: [[file('packages/domain/src/sample.ts', linesOf(highestMedian + 1))]],
    good: [file('packages/domain/src/sample.ts', linesOf(highestMedian))],
  },
  {
    name: 'no file names a folder of a machine',
    violations: linesThat(machinePath),
    bad: ['work', 'root', 'home', 'tmp'].map((folder) => [file('docs/a.md', `see ${['', folder, 'main'].join('/')}`)]),
    good: [file('docs/a.md', 'src/work/a.ts, /v1/workflows, ../tmp/a, https://example.org/home/a')],
  },
  {
    name: 'no file names a package registry',
    violations: linesThat(new RegExp(registryHosts.map((host) => host.replaceAll('.', String.raw`\.`)).join('|'))),
    bad: registryHosts.slice(0, 1).map((host) => [file('package-lock.json', `"resolved": "https://${host}/a"`)]),
    good: [file('package-lock.json', '"resolved": "packages/domain"')],
  },
];
