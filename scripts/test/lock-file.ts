import path from "node:path";
import { checkout, readJson } from "../state/home.ts";

type Entry = { version?: string; resolved?: string; optionalDependencies?: Record<string, string> };
type Packages = Record<string, Entry>;

/**
 * Platform packages that a lock file leaves out: npm drops an optional dependency it cannot find, and `npm ci`
 * then refuses on every machine. Also addresses that tie the file to one registry.
 */
export function lockFileProblems(packages: Packages = readLock()): string[] {
  const missing = Object.entries(packages).flatMap(([at, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !isResolvable(packages, at, name))
      .map(([name, range]) => `${at || "the root"} needs ${name}@${range}, which has no entry`),
  );
  const foreign = Object.entries(packages)
    .filter(([, entry]) => /^https?:/.test(entry.resolved ?? ""))
    .map(([at]) => `${at} names a registry's address: everybody's own setting must do`);
  return [...missing, ...foreign];
}

const readLock = (): Packages =>
  readJson<{ packages: Packages }>(path.join(checkout, "package-lock.json"))?.packages ?? {};

/** As Node looks for it: beside, then in each folder above. */
function isResolvable(packages: Packages, from: string, name: string): boolean {
  for (let at = from; ; ) {
    if (packages[`${at ? `${at}/` : ""}node_modules/${name}`]) return true;
    if (at === "") return false;
    const cut = at.lastIndexOf("/node_modules/");
    at = cut < 0 ? "" : at.slice(0, cut);
  }
}
