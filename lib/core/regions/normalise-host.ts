/** Longest name DNS allows, in text. */
const hostCharsMax = 253;

/**
 * One spelling per host: lower case, no port, no trailing dot, punycode.
 *
 * Trust: `raw` comes from logs, headers and configuration. What is no plain host name (a URL, user
 * information, blanks, a second dot at the end) is returned cut and in lower case with its strange
 * characters kept, so that it can equal no name of the catalog. A name written with characters outside
 * ASCII never becomes a name inside it, although DNS clients would map full-width letters so.
 */
export function normaliseHost(raw: string): string {
  const text = raw.trim().slice(0, hostCharsMax + 8);
  if (!isAscii(text)) return punycoded(text);
  return withoutTrailingDot(withoutPort(text)).toLowerCase().slice(0, hostCharsMax);
}

/** True for a name made of letters, digits and hyphens as DNS allows them. */
export function isHostName(host: string): boolean {
  return host.length <= hostCharsMax && host.split(".").every(isLabel);
}

function isLabel(label: string): boolean {
  return /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(label);
}

function withoutPort(text: string): string {
  return text.replace(/:\d{1,5}$/, "");
}

function withoutTrailingDot(text: string): string {
  return text.endsWith(".") && !text.endsWith("..") ? text.slice(0, -1) : text;
}

function isAscii(text: string): boolean {
  // Before any lowering: the Kelvin sign lowers to a plain k.
  return /^[\x20-\x7e]*$/.test(text);
}

function punycoded(text: string): string {
  const kept = text.toLowerCase().slice(0, hostCharsMax);
  const host = withoutTrailingDot(withoutPort(text));
  if (/[\s/\\?#@:[\]%]/.test(host)) return nonAscii(kept);
  try {
    const { hostname } = new URL(`http://${host}`);
    return hostname.split(".").some((label) => label.startsWith("xn--")) ? hostname : nonAscii(kept);
  } catch {
    return nonAscii(kept);
  }
}

/** Lowering can bring a foreign sign into ASCII (the Kelvin sign): then the sign's origin is spelt out. */
function nonAscii(kept: string): string {
  return isAscii(kept) ? `${kept} (not ASCII)` : kept;
}
