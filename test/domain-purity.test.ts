// The domain's own tsconfig knows neither Node nor the DOM: what reaches outside does not compile there.
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const folder = join(import.meta.dirname, '..', 'packages', 'domain');
const planted = join(folder, 'src', 'planted.ts');

const configuration = ts.getParsedCommandLineOfConfigFile(
  join(folder, 'tsconfig.json'),
  { noEmit: true },
  {
    ...ts.sys,
    onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
      throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
    },
  },
);

/** What the compiler says of a file that is not on disk, under the domain's own settings. */
function errorsOf(text: string): readonly string[] {
  if (configuration === undefined) throw new Error('the domain has no tsconfig.json');
  const host = ts.createCompilerHost(configuration.options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (path) => path === planted || fileExists(path);
  host.readFile = (path) => (path === planted ? text : readFile(path));
  host.getSourceFile = (path, options, ...rest) =>
    path === planted ? ts.createSourceFile(path, text, options) : getSourceFile(path, options, ...rest);
  const program = ts.createProgram([planted], configuration.options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'));
}

describe('the domain', () => {
  it('may use the language', () => {
    expect(errorsOf('export const total = [1n, 2n].reduce((a, b) => a + b, 0n);')).toEqual([]);
  });

  it.each([
    ['process', 'export const home = process.env;'],
    ['fetch', "export const answer = fetch('https://example.org');"],
    ['setTimeout', 'setTimeout(() => undefined, 1);\nexport {};'],
    ['console', "console.log('a');\nexport {};"],
    ['crypto', 'export const id = crypto.randomUUID();'],
    ['Buffer', "export const bytes = Buffer.from('a');"],
    ['document', 'export const title = document.title;'],
    ['require', "export const fs = require('fs');"],
    ['node:fs', "import { readFileSync } from 'node:fs';\nexport const read = readFileSync;"],
    ['node:sqlite', "export type { DatabaseSync } from 'node:sqlite';"],
  ])('does not know %s', (name, text) => {
    expect(errorsOf(text).join('\n')).toContain(name);
  });

  it('refuses syntax that cannot be erased', () => {
    expect(errorsOf('export enum Status { open }').join('\n')).toContain('erasableSyntaxOnly');
  });
});
