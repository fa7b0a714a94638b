// The page that the `type` of every problem leads to.

import { failureKinds, httpKinds, rejectionKinds, type ProblemKind } from './problem-table.ts';

const parts: readonly (readonly [string, Readonly<Record<string, ProblemKind>>])[] = [
  ['The request', httpKinds],
  ['The payment', rejectionKinds],
  ['The store', failureKinds],
];

/** Static: made once, holds nothing of any request. */
export const problemsPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Paystrata: problems</title>
<h1>Problems</h1>
${parts.map(([title, kinds]) => `<h2>${title}</h2>\n<dl>\n${Object.entries(kinds).map(entry).join('\n')}\n</dl>`).join('\n')}
</html>
`;

function entry([code, { status, meaning, remedy }]: [string, ProblemKind]): string {
  return `<dt id="${code}"><code>${code}</code> (${status})</dt>\n<dd>${shown(meaning)} ${shown(remedy)}</dd>`;
}

/** Texts of the table: escaped, and with their backticks as code. */
function shown(text: string): string {
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return escaped.replace(/`([^`]+)`/g, '<code>$1</code>');
}
