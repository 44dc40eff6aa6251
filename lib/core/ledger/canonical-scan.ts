/**
 * Whether a text that is JSON is written the one way our profile writes it. True is certain; false is "look closer": an
 * escape in a string, a number of sixteen digits, or a surrogate may be in order and are left to the slower way.
 *
 * trust: what is accepted here is not looked at again, so the text has to have been parsed as JSON before.
 */
export function isSurelyCanonical(text: string): boolean {
  const length = text.length;
  let depth = 0;
  let at = 0;
  while (at < length) {
    const sign = text.charCodeAt(at);
    if (sign === quote) {
      const start = at + 1;
      let end = start;
      for (; end < length; end += 1) {
        const each = text.charCodeAt(end);
        if (each === quote) break;
        if (each === backslash || each < 0x20 || (each >= 0xd800 && each <= 0xdfff)) return false;
      }
      at = end + 1;
      if (text.charCodeAt(at) === colon) {
        if (!isNextName(text, start, end, depth)) return false;
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
      const next = endOfNumber(text, at);
      if (next < 0) return false;
      at = next;
    }
  }
  return true;
}

/** The value stands one level above what our encoder counts as its own depth. */
const depthMax = 64;
/** Where the last name of each open object stands; -1: it has none yet. */
const starts = new Int32Array(depthMax + 2);
const ends = new Int32Array(depthMax + 2);

const [quote, backslash, colon, comma] = [0x22, 0x5c, 0x3a, 0x2c];
const [openBrace, closeBrace, openBracket, closeBracket] = [0x7b, 0x7d, 0x5b, 0x5d];
const [letterT, letterF, letterN] = [0x74, 0x66, 0x6e];

/** A name of ours that comes behind the one before it, by UTF-16 unit. */
function isNextName(text: string, start: number, end: number, depth: number): boolean {
  const length = end - start;
  if (length < 1 || length > 40) return false;
  const first = text.charCodeAt(start);
  if (first < 0x61 || first > 0x7a) return false;
  for (let at = start + 1; at < end; at += 1) {
    const each = text.charCodeAt(at);
    const isFine = (each >= 0x61 && each <= 0x7a) || (each >= 0x30 && each <= 0x39) || each === 0x5f;
    if (!isFine) return false;
  }
  const before = starts[depth] as number;
  if (before < 0) return true;
  const lengthBefore = (ends[depth] as number) - before;
  const common = length < lengthBefore ? length : lengthBefore;
  for (let i = 0; i < common; i += 1) {
    const difference = text.charCodeAt(start + i) - text.charCodeAt(before + i);
    if (difference !== 0) return difference > 0;
  }
  return length > lengthBefore;
}

/** Behind a whole number of at most fifteen digits; -1: it is another, or none. */
function endOfNumber(text: string, start: number): number {
  let at = start;
  const isNegative = text.charCodeAt(at) === 0x2d;
  if (isNegative) at += 1;
  const first = at;
  for (; at < text.length; at += 1) {
    const each = text.charCodeAt(at);
    if (each < 0x30 || each > 0x39) {
      if (each === 0x2e || each === 0x65 || each === 0x45) return -1;
      break;
    }
  }
  const digits = at - first;
  if (digits < 1 || digits > 15) return -1;
  return text.charCodeAt(first) === 0x30 && (digits > 1 || isNegative) ? -1 : at;
}
