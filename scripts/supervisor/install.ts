import fs from "node:fs";
import path from "node:path";
import { npmCommand } from "../runtime.mjs";
import { checkout, readJson } from "../state/home.ts";
import { runTracked } from "./children.ts";

type LockEntry = {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  devOptional?: boolean;
  link?: boolean;
};
type Lock = { packages: Record<string, LockEntry> };

/** What `npm ci` would still have to do: nothing, or install, with or without the packages for development. */
export function missingPackages(withDev: boolean): string[] {
  const wanted = readJson<Lock>(path.join(checkout, "package-lock.json"))?.packages ?? {};
  const present = installed();
  return Object.entries(wanted)
    .filter(
      ([at, entry]) =>
        at !== "" && !entry.optional && !entry.link && (withDev || !(entry.dev || entry.devOptional)),
    )
    .filter(
      ([at, entry]) => present[at]?.version !== entry.version || !fs.existsSync(path.join(checkout, at)),
    )
    .map(([at]) => at);
}

/**
 * `npm ci`. Without `withDev` the packages for development are left out, but where they are installed already
 * they stay.
 */
export async function installPackages(withDev: boolean): Promise<void> {
  const dev = withDev || hasDevPackages();
  const { command, args } = npmCommand();
  const flags = [
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
    ...(dev ? ["--include=dev"] : ["--omit=dev"]),
  ];
  await runTracked("npm ci", command, [...args, "ci", ...flags], {
    cwd: checkout,
    shell: command.endsWith(".cmd"),
  });
}

function hasDevPackages(): boolean {
  const present = installed();
  return Object.values(present).some((entry) => entry.dev);
}

/** npm's own account of what it has put into node_modules; written last, so a cut-short install has none. */
function installed(): Record<string, LockEntry> {
  return readJson<Lock>(path.join(checkout, "node_modules/.package-lock.json"))?.packages ?? {};
}
