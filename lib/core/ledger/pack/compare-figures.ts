import { isObject } from "../../is-object.ts";

/**
 * Where two JSON values differ, as JSON pointers (RFC 6901), at most so many. Members are compared both ways, so that
 * nothing can stand in one alone.
 */
export function differencesOf(claimed: unknown, counted: unknown, most: number): string[] {
  const found: string[] = [];
  compare(claimed, counted, "", found, most);
  return found;
}

function compare(a: unknown, b: unknown, at: string, found: string[], most: number): void {
  if (found.length >= most || a === b) return;
  if (Array.isArray(a) && Array.isArray(b)) {
    if (a.length !== b.length) {
      found.push(at);
      return;
    }
    for (const [i, each] of a.entries()) compare(each, b[i], `${at}/${i}`, found, most);
  } else if (isObject(a) && isObject(b)) {
    for (const name of new Set([...Object.keys(a), ...Object.keys(b)]))
      compare(a[name], b[name], `${at}/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, found, most);
  } else found.push(at === "" ? "/" : at);
}
