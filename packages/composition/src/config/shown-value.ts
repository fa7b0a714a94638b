// Values of settings as people may see them: secrets are masked.

import type { Setting } from './config-schema.ts';

export type ShownValue = string | number | boolean | null;

const MASK = '***';

/** The value for `config show` and for messages. */
export function shownValue(setting: Pick<Setting, 'secret'> | undefined, value: unknown): ShownValue {
  if (value === null || value === undefined) return null;
  if (setting?.secret === 'all') return MASK;
  if (setting?.secret === 'password') return typeof value === 'string' ? withoutPassword(value) : MASK;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'bigint' ? Number(value) : JSON.stringify(value);
}

/** A URL keeps all but its password and its query, which may hold one too; what is no URL is masked whole. */
function withoutPassword(text: string): string {
  if (!text.includes('//')) return text.includes('@') ? MASK : text;
  if (!URL.canParse(text)) return MASK;
  const url = new URL(text);
  if (url.password !== '') url.password = MASK;
  if (url.search !== '') url.search = MASK;
  return url.href;
}
