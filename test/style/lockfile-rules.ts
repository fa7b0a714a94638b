// The lockfile must be whole for every platform: npm leaves out an optional package that a registry lacks, and then
// refuses the lockfile in every fresh clone (`npm ci` … "Missing: … from lock file").
import { type RepositoryFile, type StyleRule, file } from './rule.ts';

type Dependencies = Readonly<Record<string, string>>;

interface LockedPackage {
  readonly dependencies?: Dependencies;
  readonly devDependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

type Locked = Readonly<Record<string, LockedPackage>>;

/** The names that an entry depends on and that stand in no `node_modules` on its way up. */
function missing(path: string, entry: LockedPackage, locked: Locked): readonly string[] {
  const { dependencies, devDependencies, optionalDependencies } = entry;
  // The development dependencies of installed packages are not installed.
  const development = path.includes('node_modules/') ? {} : devDependencies;
  const names = Object.keys({ ...dependencies, ...development, ...optionalDependencies });
  return names.filter((name) => !folders(path).some((folder) => `${folder}node_modules/${name}` in locked));
}

/** `a/node_modules/b` → itself, `a/`, and the root. */
function folders(path: string): readonly string[] {
  const ends = [...path.matchAll(/(^|\/)node_modules\//g)].map(({ index }) =>
    path.slice(0, index === 0 ? 0 : index + 1),
  );
  return [path === '' ? '' : `${path}/`, ...ends, ''];
}

const lock = (packages: Locked): readonly RepositoryFile[] => [file('package-lock.json', JSON.stringify({ packages }))];

const nested = {
  '': { devDependencies: { a: '1.0.0' } },
  'node_modules/a': { dependencies: { b: '1.0.0' }, devDependencies: { c: '1.0.0' } },
  'node_modules/a/node_modules/b': { optionalDependencies: { 'd-linux': '1.0.0' } },
  'node_modules/d-linux': {},
};

export const lockfileRules: readonly StyleRule[] = [
  {
    name: 'the lockfile holds every package that another one names',
    violations: (files) =>
      files
        .filter(({ path }) => path === 'package-lock.json')
        .flatMap(({ text }) => {
          const { packages } = JSON.parse(text) as { readonly packages: Locked };
          return Object.entries(packages).flatMap(([path, entry]) =>
            missing(path, entry, packages).map((name) => `${path === '' ? 'the root' : path} names ${name}`),
          );
        }),
    bad: [
      lock({ '': { dependencies: { a: '1.0.0' } } }),
      lock({ '': {}, 'node_modules/a': { optionalDependencies: { 'a-darwin': '1.0.0' } } }),
      lock({ '': {}, 'packages/x': { devDependencies: { a: '1.0.0' } } }),
    ],
    good: lock(nested),
  },
];
