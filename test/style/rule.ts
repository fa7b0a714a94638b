// What a rule of the repository's style is: a check over files, with the samples that prove that it can fail.
import ts from 'typescript';

/** A file of the repository, or a sample that looks like one. `path` is relative to the root, with forward slashes. */
export interface RepositoryFile {
  readonly path: string;
  readonly text: string;
}

export interface StyleRule {
  readonly name: string;
  /** Each violation as `path: what is wrong`, or just the path. */
  readonly violations: (files: readonly RepositoryFile[]) => readonly string[];
  /** Each of these, alone, must be refused. */
  readonly bad: readonly (readonly RepositoryFile[])[];
  /** These together must pass. */
  readonly good: readonly RepositoryFile[];
}

export const file = (path: string, text = '// What this file is for.\n'): RepositoryFile => ({ path, text });

export const isCode = ({ path }: RepositoryFile): boolean => /\.(ts|tsx|js|mjs)$/.test(path);
export const isTest = ({ path }: RepositoryFile): boolean =>
  /\.test\.ts$|\/src\/(.+\/)?testing\//.test(path) || /^(test|apps\/[^/]+\/e2e)\//.test(path);
/** Code that a package is made of: no tests, no configuration of tools. */
export const isSource = (file: RepositoryFile): boolean =>
  isCode(file) && !isTest(file) && /^((packages|apps|tools)\/[^/]+|bench)\/src\//.test(file.path);
export const isToolConfiguration = ({ path }: RepositoryFile): boolean =>
  /(^|\/)[\w.-]+\.config\.(ts|js)$/.test(path) || path === 'knip.ts';

/** All nodes of a code file that a predicate accepts, as `path:line`. Strings and comments are never mistaken for code. */
export function findNodes(file: RepositoryFile, matches: (node: ts.Node) => boolean): readonly string[] {
  const source = parsed(file);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (matches(node)) {
      found.push(`${file.path}:${source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const trees = new WeakMap<RepositoryFile, ts.SourceFile>();

function parsed(file: RepositoryFile): ts.SourceFile {
  const known = trees.get(file);
  if (known !== undefined) return known;
  const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
  trees.set(file, tree);
  return tree;
}

/** A rule about the syntax of code files; `bad` and `good` are snippets, and `at` is where they would stand. */
export function syntaxRule(rule: {
  readonly name: string;
  readonly matches: (node: ts.Node) => boolean;
  readonly applies?: (file: RepositoryFile) => boolean;
  readonly at?: string;
  readonly bad: readonly string[];
  readonly good: readonly string[];
}): StyleRule {
  const at = rule.at ?? 'packages/domain/src/sample.ts';
  const applies = rule.applies ?? (() => true);
  return {
    name: rule.name,
    violations: (files) =>
      files.filter((file) => isCode(file) && applies(file)).flatMap((file) => findNodes(file, rule.matches)),
    bad: rule.bad.map((text) => [file(at, text)]),
    good: rule.good.map((text) => file(at, text)),
  };
}
