/**
 * How many members the outermost object of a JSON text has, those of a repeated name counted each.
 *
 * trust: parsers keep the first or the last of two members of one name. Where this number is not the number of
 * names, what we judged need not be what the provider reads.
 *
 * The text must be valid JSON: then each colon outside strings belongs to one member. One pass, nothing kept.
 */
export function countMembers(json: Uint8Array): number {
  let members = 0;
  let depth = 0;
  for (let at = 0; at < json.length; at++) {
    switch (json[at]) {
      case quote:
        at = endOfString(json, at);
        break;
      case openBrace:
      case openBracket:
        depth++;
        break;
      case closeBrace:
      case closeBracket:
        depth--;
        break;
      case colon:
        if (depth === 1) members++;
    }
  }
  return members;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/** Where the string that begins at `start` ends. */
function endOfString(json: Uint8Array, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== quote) at += json[at] === backslash ? 2 : 1;
  return at;
}
