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
 * Keeps the highest revision; each document may be there once. Of a payment that is not there a newer one may have been
 * forgotten: what is not known to be current is left out. Answers the position held after it; false: everything was
 * forgotten, and nothing is put. Few calls for many documents, because each costs as much as a document.
 *
 * KEYS: held, organizations, the documents, then for each organization its ids.
 * ARGV: as of which position, milliseconds to live or 0, from and to as for a move, or two empty texts; the number of
 * documents, their values, then for each organization its name, how many of the documents are its own, and where in
 * their keys the id begins.
 */
export const putScript = script(`
local held = redis.call('GET', KEYS[1])
if not held then return false end
local forgets = tonumber(held) > tonumber(ARGV[1])
local count = tonumber(ARGV[5])
local before = count > 0 and redis.call('MGET', unpack(KEYS, 3, count + 2)) or {}
local puts, put, last = {}, 0, 0
for organization = 1, #KEYS - count - 2 do
  local about = count + 3 + organization * 3
  local ids, id = {}, 0
  local first = last + 1
  last = last + tonumber(ARGV[about + 1])
  for i = first, last do
    local key, value, old = KEYS[i + 2], ARGV[i + 5], before[i]
    local newer = old and string.sub(value, 1, ${REVISION_DIGITS}) >= string.sub(old, 1, ${REVISION_DIGITS})
    if newer or (not old and not forgets) then
      puts[put + 1], puts[put + 2], put = key, value, put + 2
      if not old then ids[id + 1], ids[id + 2], id = 0, string.sub(key, ARGV[about + 2]), id + 2 end
    end
  end
  if id > 0 then
    redis.call('ZADD', KEYS[count + 2 + organization], unpack(ids))
    redis.call('SADD', KEYS[2], ARGV[about])
  end
end
if ARGV[2] ~= '0' then
  for i = 1, put, 2 do redis.call('SET', puts[i], puts[i + 1], 'PX', ARGV[2]) end
elseif put > 0 then
  redis.call('MSET', unpack(puts))
end
if ARGV[4] ~= '' and tonumber(held) >= tonumber(ARGV[3]) and tonumber(ARGV[4]) > tonumber(held) then
  redis.call('SET', KEYS[1], ARGV[4])
  return ARGV[4]
end
return held
`);

function script(text: string): Script {
  return { text, sha: hash('sha1', text, 'hex') };
}
