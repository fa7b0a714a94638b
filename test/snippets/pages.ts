// The fenced blocks of every page that people read: which there are, in their order.

import { repositoryFiles } from '../style/repository-files.ts';

export interface Snippet {
  /** From the root of the repository. */
  readonly page: string;
  /** Of the fence that opens it. */
  readonly line: number;
  /** What stands behind the fence; empty where nothing does. */
  readonly language: string;
  readonly code: string;
}

/** Kept outside the reader's way: what changed, and what was decided when. */
const notes = /^(\.changeset|docs\/adr|docs\/proof)\//;

/** By page; pages without a block are left out. */
export function snippetsByPage(): ReadonlyMap<string, readonly Snippet[]> {
  const pages = repositoryFiles().filter(({ path }) => path.endsWith('.md') && !notes.test(path));
  return Map.groupBy(
    pages.flatMap(({ path, text }) => snippetsOf(path, text)),
    ({ page }) => page,
  );
}

/** @throws Error where a fence is not closed. */
export function snippetsOf(page: string, text: string): readonly Snippet[] {
  const found: Snippet[] = [];
  let open: { readonly line: number; readonly fence: string; readonly language: string; lines: string[] } | null = null;
  for (const [index, content] of text.split('\n').entries()) {
    const [, fence = '', language = ''] = /^ {0,3}(```+|~~~+) *(\S*)/.exec(content) ?? [];
    if (open === null) {
      if (fence !== '') open = { line: index + 1, fence, language, lines: [] };
    } else if (content.trim() === open.fence) {
      found.push({ page, line: open.line, language: open.language, code: open.lines.join('\n') });
      open = null;
    } else open.lines.push(content);
  }
  if (open !== null) throw new Error(`${page}:${open.line}: the block is not closed`);
  return found;
}
