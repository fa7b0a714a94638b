// What every package of the workspace has: an entry, a README, and a manifest that describes it.
import { type RepositoryFile, type StyleRule, file } from './rule.ts';

interface Manifest {
  readonly name?: unknown;
  readonly description?: unknown;
  readonly license?: unknown;
  readonly private?: unknown;
  readonly type?: unknown;
}

const isManifest = ({ path }: RepositoryFile): boolean =>
  /^((packages|apps|tools)\/[^/]+|bench)\/package\.json$/.test(path);
const folderOf = ({ path }: RepositoryFile): string => path.replace(/\/package\.json$/, '');

const eachPackage =
  (problems: (folder: string, manifest: Manifest, paths: ReadonlySet<string>) => readonly string[]) =>
  (files: readonly RepositoryFile[]): readonly string[] => {
    const paths = new Set(files.map(({ path }) => path));
    return files.filter(isManifest).flatMap((file) => {
      const manifest = JSON.parse(file.text) as Manifest;
      return problems(folderOf(file), manifest, paths).map((problem) => `${file.path}: ${problem}`);
    });
  };

const complete = {
  name: '@paystrata/sample',
  description: 'A package that is here for the test.',
  license: 'MIT',
  type: 'module',
};
const manifest = (changes: Manifest = {}): RepositoryFile =>
  file('packages/sample/package.json', JSON.stringify({ ...complete, ...changes }));
const readme = file('packages/sample/README.md', '# Sample\n');
const index = file('packages/sample/src/index.ts');

export const packageRules: readonly StyleRule[] = [
  {
    name: 'every package has a README and one entry',
    violations: eachPackage((folder, { private: isPrivate }, paths) => [
      ...(paths.has(`${folder}/README.md`) ? [] : ['no README.md']),
      ...(isPrivate === true || paths.has(`${folder}/src/index.ts`) ? [] : ['no src/index.ts']),
    ]),
    bad: [
      [manifest(), index],
      [manifest(), readme],
    ],
    good: [manifest(), readme, index],
  },
  {
    name: 'every package says what it is',
    violations: eachPackage((_, { name, description, license, type }) => [
      ...(typeof name === 'string' && name.startsWith('@paystrata/') ? [] : ['its name is not @paystrata/…']),
      ...(typeof description === 'string' && description.length >= 20 ? [] : ['no description']),
      ...(license === 'MIT' ? [] : ['its license is not MIT']),
      ...(type === 'module' ? [] : ['its type is not module']),
    ]),
    bad: [{ name: 'sample' }, { description: '' }, { license: 'UNLICENSED' }, { type: 'commonjs' }].map((changes) => [
      manifest(changes),
    ]),
    good: [manifest()],
  },
];
