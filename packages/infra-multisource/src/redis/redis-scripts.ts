// What Redis does in one step. A value begins with its revision, in as many digits for all, and its fingerprint.

import { hash } from 'node:crypto';
import type { SourceDocument } from '../ports/source.ts';

export interface Script {
  readonly text: string;
  readonly sha: string;
}

const REVISION_DIGITS = 16;
const FINGERPRINT_DIGITS = 8;
export const HEAD_LENGTH = REVISION_DIGITS + FINGERPRINT_DIGITS;

export function valueOf({ revision, fingerprint, text }: SourceDocument): string {
  const digits = revision.toString().padStart(REVISION_DIGITS, '0');
  return `${digits}${fingerprint.toString(16).padStart(FINGERPRINT_DIGITS, '0')}${text}`;
}

/** Reads the beginning of a value. */
export function headOf(value: string): { readonly revision: number; readonly fingerprint: number } {
  return {
    revision: Number(value.slice(0, REVISION_DIGITS)),
    fingerprint: Number.parseInt(value.slice(REVISION_DIGITS, HEAD_LENGTH), 16),
  };
}

/**
 * Keeps the highest revision. Of a payment that is not there a newer one may have been forgotten: what is not known to
 * be current is left out. Answers the position held; false: everything was forgotten, and nothing is put.
 *
 * KEYS: held, organizations, then for each document: ids of its organization, the document.
 * ARGV: as of which position, milliseconds to live or 0, then for each document: organization, id, value.
 */
export const putScript = script(`
local held = redis.call('GET', KEYS[1])
if not held then return false end
local forgets = tonumber(held) > tonumber(ARGV[1])
local known = nil
for i = 3, #KEYS, 2 do
  local at = (i - 3) / 2 * 3 + 3
  local value = ARGV[at + 2]
  local before = redis.call('GETRANGE', KEYS[i + 1], 0, ${REVISION_DIGITS - 1})
  local newer = before ~= '' and string.sub(value, 1, ${REVISION_DIGITS}) >= before
  if newer or (before == '' and not forgets) then
    if ARGV[2] == '0' then redis.call('SET', KEYS[i + 1], value)
    else redis.call('SET', KEYS[i + 1], value, 'PX', ARGV[2]) end
    if before == '' then
      redis.call('ZADD', KEYS[i], 0, ARGV[at + 1])
      if known ~= ARGV[at] then
        known = ARGV[at]
        redis.call('SADD', KEYS[2], known)
      end
    end
  end
end
return held
`);

/** KEYS: held. ARGV: from, to. Moves to `to` where it is at `from` or further, never back; answers where it is. */
export const moveScript = script(`
local held = redis.call('GET', KEYS[1])
if not held then return false end
if tonumber(held) >= tonumber(ARGV[1]) and tonumber(ARGV[2]) > tonumber(held) then
  redis.call('SET', KEYS[1], ARGV[2])
  return ARGV[2]
end
return held
`);

function script(text: string): Script {
  return { text, sha: hash('sha1', text, 'hex') };
}
