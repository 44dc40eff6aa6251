import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { checkout } from "../state/home.ts";
import { runTracked } from "./children.ts";

const schemaInputs = ["prisma/schema", "package-lock.json"];
const webInputs = [
  ...["app", "components", "lib", "public", "prisma/schema", "proxy.ts", "scripts/verify"],
  ...["next.config.js", "postcss.config.mjs", "tsconfig.json", "package-lock.json"],
];
const clientStamp = path.join(checkout, "lib/db/generated/.stamp");
const webStamp = path.join(checkout, ".next/domicile.stamp");

/** Has the schema changed since the database client was generated? */
export const needsGenerate = (): boolean => readStamp(clientStamp) !== hashOf(schemaInputs);
/** Has anything the pages are made of changed since they were built? */
export const needsBuild = (): boolean =>
  readStamp(webStamp) !== hashOf(webInputs) || !fs.existsSync(path.join(checkout, ".next/BUILD_ID"));

export async function generateClient(): Promise<void> {
  const { runPrisma } = await import("../database/prisma-cli.ts");
  const hash = hashOf(schemaInputs);
  await runPrisma(["generate"]);
  fs.writeFileSync(clientStamp, hash);
}

export async function buildWeb(): Promise<void> {
  const hash = hashOf(webInputs);
  // crash: a build that was cut short must not look whole.
  fs.rmSync(webStamp, { force: true });
  // What the compiler remembers goes by times of files, which a copied checkout brings from elsewhere.
  fs.rmSync(path.join(checkout, ".next/cache/.tsbuildinfo"), { force: true });
  const { bundleVerifier } = await import("./bundle-verifier.ts");
  await bundleVerifier();
  const next = path.join(checkout, "node_modules/next/dist/bin/next");
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" } as const;
  await runTracked("next build", process.execPath, [next, "build"], { cwd: checkout, env });
  fs.writeFileSync(webStamp, hash);
}

function readStamp(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function hashOf(inputs: string[]): string {
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
  if (relative === "lib/db/generated" || relative === "public/verify" || relative.endsWith("/testing"))
    return [];
  return fs
    .readdirSync(at)
    .sort()
    .flatMap((name) => filesUnder(path.posix.join(relative, name)));
}
