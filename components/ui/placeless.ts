const placeless: ReadonlySet<string> = new Set(["global", "unknown", "none"]);

/** True for what the figures count under no region: the global endpoint, hosts that nobody knows, what was never sent. */
export function isPlaceless(region: string): boolean {
  return placeless.has(region);
}
