// Completion, sourced in real shells.

import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { shellProgram } from '@paystrata/test-servers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorkplace, type Workplace } from './command.ts';

let place: Workplace;
let path: string;

beforeAll(async () => {
  place = await createWorkplace();
  // As an installed package has it: on the PATH, by its name.
  const bin = join(place.folder, 'bin');
  mkdirSync(bin);
  const main = join(import.meta.dirname, '..', 'src', 'main.ts');
  const command = `#!/bin/sh\nexec "${process.execPath}" --conditions=@paystrata/source "${main}" "$@"\n`;
  writeFileSync(join(bin, 'paystrata'), command, { mode: 0o755 });
  writeFileSync(join(place.folder, 'june.csv'), '');
  path = `${bin}:${process.env['PATH'] ?? ''}`;
});

afterAll(() => place.remove());

/** What the shell says, line by line; without the settings of whoever runs the test. */
async function said(program: string, ...args: readonly string[]): Promise<readonly string[]> {
  const env = { PATH: path, HOME: place.folder, TERM: 'dumb' };
  const { stdout, stderr } = await promisify(execFile)(program, args, { cwd: place.folder, env });
  expect(stderr).toBe('');
  return stdout.trim().split('\n');
}

describe('in bash', () => {
  /** The words of the command line, of which the last is being typed. */
  const completed = async (...words: readonly string[]) => {
    const script = [
      'source <(paystrata completion bash)',
      'source <(paystrata completion bash)',
      `COMP_WORDS=(paystrata ${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length}`,
      'complete -p paystrata >/dev/null && _paystrata_complete',
      `printf '%s\\n' "\${COMPREPLY[@]}"`,
    ].join('\n');
    return said(await shellProgram('bash'), '--norc', '--noprofile', '-c', script);
  };

  it('completes nouns, verbs, flags and their values', async () => {
    expect(await completed('pay')).toEqual(['payments']);
    expect(await completed('payments', '')).toEqual(expect.arrayContaining(['create', 'refund', 'watch']));
    expect(await completed('payments', 'list', '--cu')).toEqual(['--currency', '--customer', '--cursor']);
    expect(await completed('export', '--format', '')).toEqual(['ndjson', 'csv']);
  });

  it('leaves files to the shell, and evaluates nothing of what was typed', async () => {
    expect(await completed('import', 'ju')).toEqual(['']);
    await completed('payments', 'list', '--text', '$(touch evaluated)', '--cu');
    const bash = await shellProgram('bash');
    await expect(said(bash, '-c', 'ls evaluated')).rejects.toThrow('evaluated');
  });
});

it('in zsh completes nouns and verbs', async () => {
  const zsh = await shellProgram('zsh');
  const script = [
    'autoload -Uz compinit && compinit -u -d ./zcompdump',
    'source <(paystrata completion zsh)',
    // What the completion would show is collected instead: there is nobody at a keyboard.
    '_describe() { print -l -- ${(P)2}; }',
    'words=(paystrata payments re); CURRENT=3; _paystrata',
    'print -- $_comps[paystrata]',
  ].join('\n');
  const lines = await said(zsh, '-f', '-c', script);
  expect(lines).toEqual([expect.stringMatching(/^refund:/), '_paystrata']);
});

it('in fish completes nouns, verbs and flags', async () => {
  const fish = await shellProgram('fish');
  const script = (line: string) => `paystrata completion fish | source; complete -C "${line}"`;
  expect(await said(fish, '--no-config', '-c', script('paystrata payments ref'))).toEqual([
    expect.stringMatching(/^refund\t/),
  ]);
  const flags = await said(fish, '--no-config', '-c', script('paystrata payments list --cu'));
  expect(flags.map((line) => line.split('\t')[0])).toEqual(['--currency', '--cursor', '--customer']);
});

it('in PowerShell is a script, too', async () => {
  const { stdout, code } = await place.run('completion', 'powershell');
  expect([code, stdout]).toEqual([0, expect.stringContaining('Register-ArgumentCompleter')]);
});

it('for another shell is refused, with those there are', async () => {
  const { code, stderr } = await place.run('completion', 'tcsh');
  expect([code, stderr]).toEqual([2, expect.stringMatching(/zsh, bash, fish, powershell/)]);
});
