// Type-checks examples as if each were a file beside its page, by the settings of the repository.

import { dirname, join } from 'node:path';
import ts from 'typescript';
import type { Snippet } from './pages.ts';

const root = join(import.meta.dirname, '..', '..');

/** What the compiler complains of, by page and line; empty where all is well. */
export function typeErrors(snippets: readonly Snippet[]): readonly string[] {
  const files = new Map(snippets.map((snippet) => [fileOf(snippet), snippet]));
  const reader = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: fail };
  const parsed = ts.getParsedCommandLineOfConfigFile(join(root, 'tsconfig.json'), undefined, reader);
  const { tsBuildInfoFile: _, ...options } = parsed?.options ?? fail({ messageText: 'there is no tsconfig.json' });
  // An example may end before it has used all that it made.
  const settings = { ...options, incremental: false, noUnusedLocals: false };
  const host = ts.createCompilerHost(settings);
  const [readFile, fileExists] = [host.readFile, host.fileExists];
  host.fileExists = (path) => files.has(path) || fileExists(path);
  host.readFile = (path) => files.get(path)?.code ?? readFile(path);
  const program = ts.createProgram([...files.keys()], settings, host);
  return [...files].flatMap(([path, { page, line }]) => {
    const source = program.getSourceFile(path);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => {
      const place = source?.getLineAndCharacterOfPosition(start).line ?? 0;
      return `${page}:${line + 1 + place}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

function fail({ messageText }: Pick<ts.Diagnostic, 'messageText'>): never {
  throw new Error(ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** A module, like every example that is run. */
function fileOf({ page, line }: Snippet): string {
  return join(root, dirname(page), `example-${line}.mts`);
}
