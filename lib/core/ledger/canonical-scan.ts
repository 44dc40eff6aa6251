/**
 * Whether JSON in UTF-8 is written the one way our profile writes it. True is certain; false is "look closer": an escape
 * in a string, a number of sixteen digits, or a sign beyond U+FFFF may be in order and are left to the slower way.
 *
 * trust: what is accepted here is not looked at again, so the bytes have to have been decoded, strictly, and parsed before.
 */
export function isSurelyCanonical(bytes: Uint8Array): boolean {
  const length = bytes.length;
  let depth = 0;
  let at = 0;
  while (at < length) {
    const sign = bytes[at];
    if (sign === quote) {
      const start = at + 1;
      let end = start;
      while (plain[bytes[end] as number] === 1) end += 1;
      if (bytes[end] !== quote) return false;
      at = end + 1;
      if (bytes[at] === colon) {
        if (!isNextName(bytes, start, end, depth)) return false;
        starts[depth] = start;
        ends[depth] = end;
        at += 1;
      }
    } else if (sign === comma) at += 1;
    else if (sign === openBrace || sign === openBracket) {
      depth += 1;
      if (depth > depthMax) return false;
      starts[depth] = -1;
      at += 1;
    } else if (sign === closeBrace || sign === closeBracket) {
      depth -= 1;
      at += 1;
    } else if (sign === letterT || sign === letterN) at += 4;
    else if (sign === letterF) at += 5;
    else {
      const next = endOfNumber(bytes, at);
      if (next < 0) return false;
      at = next;
    }
  }
  return true;
}

/** 1: a byte that stands in a string as it is, wherever JSON was read already and nothing is beyond U+FFFF. */
const plain = new Uint8Array(256).fill(1, 0x20, 0xf0);
plain[0x22] = 0;
plain[0x5c] = 0;

/** 1: a letter, digit or low line of our names. */
const ofNames = new Uint8Array(256).fill(1, 0x61, 0x7b).fill(1, 0x30, 0x3a);
ofNames[0x5f] = 1;

/** The value stands one level above what our encoder counts as its own depth. */
const depthMax = 64;
/** Where the last name of each open object stands; -1: it has none yet. */
const starts = new Int32Array(depthMax + 2);
const ends = new Int32Array(depthMax + 2);

const [quote, colon, comma] = [0x22, 0x3a, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [letterT, letterF, letterN] = [0x74, 0x66, 0x6e];

/** A name of ours that comes behind the one before it, by byte, which is by UTF-16 unit, too. */
function isNextName(bytes: Uint8Array, start: number, end: number, depth: number): boolean {
  const length = end - start;
  if (length < 1 || length > 40) return false;
  const first = bytes[start] as number;
  if (first < 0x61 || first > 0x7a) return false;
  for (let at = start + 1; at < end; at += 1) if (ofNames[bytes[at] as number] === 0) return false;
  const before = starts[depth] as number;
  if (before < 0) return true;
  const lengthBefore = (ends[depth] as number) - before;
  const common = length < lengthBefore ? length : lengthBefore;
  for (let i = 0; i < common; i += 1) {
    const difference = (bytes[start + i] as number) - (bytes[before + i] as number);
    if (difference !== 0) return difference > 0;
  }
  return length > lengthBefore;
}

/** Behind a whole number of at most fifteen digits; -1: it is another, or none. */
function endOfNumber(bytes: Uint8Array, start: number): number {
  let at = start;
  const isNegative = bytes[at] === 0x2d;
  if (isNegative) at += 1;
  const first = at;
  for (; at < bytes.length; at += 1) {
    const each = bytes[at] as number;
    if (each < 0x30 || each > 0x39) {
      if (each === 0x2e || each === 0x65 || each === 0x45) return -1;
      break;
    }
  }
  const digits = at - first;
  if (digits < 1 || digits > 15) return -1;
  return bytes[first] === 0x30 && (digits > 1 || isNegative) ? -1 : at;
}
