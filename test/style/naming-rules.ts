// How files and folders are named, and where an index may stand.
import { type StyleRule, file, isCode } from './rule.ts';

const kebabCase = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const namesOfNothing = /^(utils?|services?|helpers?|common|misc|shared|lib)$/;
const ownIndex = /^((packages|apps|tools)\/[^/]+|bench)\/src\/index\.ts$/;

const folders = (path: string): readonly string[] => path.split('/').slice(0, -1);
const name = (path: string): string => path.split('/').at(-1) ?? '';

export const namingRules: readonly StyleRule[] = [
  {
    name: 'code files and folders are kebab-case',
    violations: (files) =>
      files
        .filter(
          (file) =>
            (isCode(file) && !kebabCase.test(name(file.path))) ||
            folders(file.path).some((folder) => !kebabCase.test(folder)),
        )
        .map((file) => file.path),
    bad: [
      [file('packages/domain/src/PaymentState.ts')],
      [file('packages/domain/src/payment_state.ts')],
      [file('packages/domain/src/Money/money.ts')],
    ],
    good: [
      file('packages/domain/src/payment-state.int.test.ts'),
      file('packages/domain/README.md'),
      file('.ci/run'),
      file('packages/domain/src/golden/PaymentCreated.1.json'),
    ],
  },
  {
    name: 'folders are named by concepts',
    violations: (files) =>
      files.filter((file) => folders(file.path).some((folder) => namesOfNothing.test(folder))).map((file) => file.path),
    bad: ['utils', 'services', 'helpers', 'common'].map((folder) => [file(`packages/domain/src/${folder}/a.ts`)]),
    good: [file('packages/domain/src/money/money.ts')],
  },
  {
    name: 'the only index is that of the package',
    violations: (files) =>
      files
        .filter(({ path }) => /(^|\/)index\.(ts|tsx|js|mjs)$/.test(path) && !ownIndex.test(path))
        .map((file) => file.path),
    bad: [[file('packages/domain/src/money/index.ts')], [file('packages/domain/index.ts')]],
    good: [file('packages/domain/src/index.ts'), file('bench/src/index.ts')],
  },
];
