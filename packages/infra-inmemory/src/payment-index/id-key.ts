// Numbers that stand for texts, so that most comparisons and look-ups of payment ids need not touch them.

const HEX_DIGITS = 13;

/** The first 13 hexadecimal digits of a UUID: 52 bits, which a double holds exactly, in the order of the ids. */
export function idKey(id: string): number {
  let key = 0;
  for (let at = 0, digits = 0; digits < HEX_DIGITS; at += 1) {
    const code = id.charCodeAt(at);
    if (code === 45) continue;
    key = key * 16 + digitOf(code);
    digits += 1;
  }
  return key;
}

/** 32 bits of the last 8 digits, mixed (the finalizer of MurmurHash3), because some ids are counted up. */
export function idHash(id: string): number {
  let hash = 0;
  for (let at = id.length - 8; at < id.length; at += 1) hash = (hash << 4) | digitOf(id.charCodeAt(at));
  return mixed(hash);
}

/** 32 bits of any text: FNV-1a, mixed, because only the first bits are looked at. */
export function textHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return mixed(hash);
}

function mixed(bits: number): number {
  let hash = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

/** Of a lower-case hexadecimal digit. */
function digitOf(code: number): number {
  return code < 58 ? code - 48 : code - 87;
}
