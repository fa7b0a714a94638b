// Finds the line of each conformance case in the sources of the kit, by its name.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const casesFolder: string = 'packages/conformance/src/cases';

/** Where a case is written: a path from the root of the repository, and a line from 1. */
export interface CaseLocation {
  readonly path: string;
  readonly line: number;
}

interface NamedLine extends CaseLocation {
  readonly matches: (name: string) => boolean;
}

/** @throws Error where a name is written nowhere, or at several places. */
export function caseLocator(root: string): (name: string) => CaseLocation {
  const lines = readdirSync(join(root, casesFolder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .flatMap((file) => namedLines(`${casesFolder}/${file.replaceAll('\\', '/')}`, root));
  return (name) => {
    const [found, another] = lines.filter(({ matches }) => matches(name));
    if (found === undefined) throw new Error(`no case file has the name ‘${name}’`);
    if (another !== undefined) throw new Error(`several case files have the name ‘${name}’`);
    return { path: found.path, line: found.line };
  };
}

/** Lines such as `name: 'a sentence',` or, for cases made by a loop, with a template. */
function namedLines(path: string, root: string): readonly NamedLine[] {
  return readFileSync(join(root, path), 'utf8')
    .split('\n')
    .flatMap((text, index) => {
      const [, quote, written] = /^\s*name: (['`"])(.*)\1,?$/.exec(text) ?? [];
      if (quote === undefined || written === undefined) return [];
      const pattern = written
        .split(/\$\{[^}]*\}/)
        .map((part) => part.replaceAll("\\'", "'").replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
      const expression = new RegExp(`^${pattern.join('.+')}$`, 'u');
      return [{ path, line: index + 1, matches: (name: string) => expression.test(name) }];
    });
}
