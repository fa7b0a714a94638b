// The settings as a table of the README; a test compares.

import { settings } from '../config/config-schema.ts';
import { describeConfig } from '../config/describe-config.ts';
import type { Config } from '../config/load-config.ts';

/** In Markdown, as wide as its cells. */
export function settingsTable(defaults: Config): string {
  const values = new Map(describeConfig(defaults).map(({ key, value }) => [key, value]));
  const rows = settings.map(({ key, variable, may }) => {
    const value = values.get(key) ?? null;
    const shown = value === null ? '' : `\`${String(value)}\``;
    return [`\`${key}\``, variable === null ? '' : `\`${variable}\``, shown, may];
  });
  const table = [['key', 'variable', 'default', 'it must'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [lines[0], rule, ...lines.slice(1)].join('\n');
}
