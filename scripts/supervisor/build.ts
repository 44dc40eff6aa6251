import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { checkout } from "../state/home.ts";
import { bundleFiles, bundleFolder } from "./bundle-files.ts";
import { runTracked } from "./children.ts";

const schemaInputs = ["prisma/schema", "package-lock.json"];
/** What decides about the pages and the verifier they offer, below the checkout. */
export const webInputs: readonly string[] = [
  ...["app", "components", "lib", "public", "prisma/schema", "proxy.ts", "instrumentation.ts"],
  ...["next.config.js", "postcss.config.mjs", "tsconfig.json", "package.json", "package-lock.json"],
  ...[
    "scripts/verify",
    "scripts/supervisor/build.ts",
    "scripts/supervisor/bundle-files.ts",
    "scripts/supervisor/bundle-verifier.ts",
  ],
];
const clientStamp = path.join(checkout, "lib/db/generated/.stamp");
const webStamp = path.join(checkout, ".next/domicile.stamp");

/** Has the schema changed since the database client was generated? */
export const needsGenerate = (): boolean => readStamp(clientStamp) !== hashOf(schemaInputs);
/** Has anything the pages are made of changed since they were built? */
export const needsBuild = (): boolean =>
  readStamp(webStamp) !== hashOf(webInputs) ||
  [".next/BUILD_ID", ...bundleFiles].some((file) => !fs.existsSync(path.join(checkout, file)));

export async function generateClient(): Promise<void> {
  const { runPrisma } = await import("../database/prisma-cli.ts");
  const hash = hashOf(schemaInputs);
  await runPrisma(["generate"]);
  fs.writeFileSync(clientStamp, hash);
}

export async function buildWeb({ isPatient = false } = {}): Promise<void> {
  const hash = hashOf(webInputs);
  // crash: a build that was cut short must not look whole.
  fs.rmSync(webStamp, { force: true });
  // What the compiler remembers goes by times of files, which a copied checkout brings from elsewhere.
  fs.rmSync(path.join(checkout, ".next/cache/.tsbuildinfo"), { force: true });
  const { bundleVerifier } = await import("./bundle-verifier.ts");
  await bundleVerifier();
  const next = path.join(checkout, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  await runTracked("next build", process.execPath, [next, "build"], { cwd: checkout, env, isPatient });
  fs.writeFileSync(webStamp, hash);
}

function readStamp(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function hashOf(inputs: readonly string[]): string {
  const hash = createHash("sha256").update(process.versions.modules);
  for (const file of inputs.flatMap(filesUnder)) {
    hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(checkout, file)));
  }
  return hash.digest("hex");
}

/** Relative paths in a fixed order; tests and what is generated make no difference to the product. */
function filesUnder(relative: string): string[] {
  const at = path.join(checkout, relative);
  if (!fs.existsSync(at)) return [];
  if (fs.statSync(at).isFile()) return /\.test\.tsx?$/.test(relative) ? [] : [relative];
  if (relative === "lib/db/generated" || relative === bundleFolder || relative.endsWith("/testing"))
    return [];
  return fs
    .readdirSync(at)
    .sort()
    .flatMap((name) => filesUnder(path.posix.join(relative, name)));
}
