/**
 * The rule for names that imitate, stated so that an officer can read it:
 *
 * a name outside openai.com imitates when one of its parts reads like "openai" after hyphens and
 * underscores are dropped and signs that look like letters are read as those letters (0 as o, 1 and l as
 * i, 3 as e, 4 as a), or is one letter away from it, or is a punycode name whose plain letters are those
 * of "openai" with at most two missing. A name under openai.com but not under api.openai.com imitates
 * when it is made of the words of an API host alone ("eu.openai.com"): the region stands in the wrong place.
 * Names under azure.com and microsoft.com are another provider's own and do not imitate.
 */
export function imitatesOpenai(host: string, regionCodes: readonly string[]): boolean {
  if (isUnder(host, "openai.com")) return isMisplacedRegion(host, regionCodes);
  if (otherProviders.some((domain) => isUnder(host, domain))) return false;
  return host.split(/[.@/\\:\s]+/).some(readsLikeOpenai);
}

/** Region an imitating name seems to mean: the first part that is a region's code. */
export function regionMeant(host: string, regionCodes: readonly string[]): string | null {
  const parts = host.split(/[.\-_@/]+/);
  return regionCodes.find((code) => parts.includes(code)) ?? null;
}

/** Domains of another provider, with whatever stands before them. */
export const otherProviders: readonly string[] = ["azure.com", "microsoft.com"];

function isUnder(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function isMisplacedRegion(host: string, regionCodes: readonly string[]): boolean {
  if (isUnder(host, "api.openai.com")) return false;
  const words = host.slice(0, -"openai.com".length).split(/[.-]/).filter(Boolean);
  if (words.length === 0) return false;
  return words.every((word) => word === "api" || regionCodes.includes(word));
}

const target = "openai";

function readsLikeOpenai(part: string): boolean {
  if (part.startsWith("xn--")) return lettersOf(part).some((letters) => isThinned(letters));
  const folded = fold(part);
  return folded.includes(fold(target)) || part.split(/[-_]/).some((word) => isOneAway(fold(word)));
}

function fold(part: string): string {
  return part
    .replace(/[-_]/g, "")
    .replace(/0/g, "o")
    .replace(/[1l|]/g, "i")
    .replace(/3/g, "e")
    .replace(/4/g, "a");
}

/** Plain letters of a punycode part: what stands before the last hyphen, as a whole and in words. */
function lettersOf(part: string): string[] {
  const plain = part.slice("xn--".length, Math.max("xn--".length, part.lastIndexOf("-")));
  return [plain, ...plain.split("-")];
}

/** True when the letters are those of the name in order, with one or two missing. */
function isThinned(letters: string): boolean {
  if (letters.includes(target)) return true;
  if (letters.length < target.length - 2 || letters.length >= target.length) return false;
  let at = 0;
  for (const letter of target) if (letters[at] === letter) at += 1;
  return at === letters.length;
}

/** One letter more, less, other, or two neighbours exchanged. */
function isOneAway(word: string): boolean {
  const name = fold(target);
  if (word === name) return true;
  if (Math.abs(word.length - name.length) > 1) return false;
  let start = 0;
  while (start < word.length && word[start] === name[start]) start += 1;
  const rest = (text: string, from: number) => text.slice(from);
  if (word.length > name.length) return rest(word, start + 1) === rest(name, start);
  if (word.length < name.length) return rest(word, start) === rest(name, start + 1);
  if (rest(word, start + 1) === rest(name, start + 1)) return true;
  const exchanged = word[start] === name[start + 1] && word[start + 1] === name[start];
  return exchanged && rest(word, start + 2) === rest(name, start + 2);
}
