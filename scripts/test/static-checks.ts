import path from "node:path";
import { runPrisma } from "../database/prisma-cli.ts";
import { checkout } from "../state/home.ts";
import { runTracked } from "../supervisor/children.ts";
import { lockFileProblems } from "./lock-file.ts";

export type StaticCheck = { name: string; run: () => Promise<unknown> };

const tool = (file: string, ...args: string[]): Promise<string> =>
  runTracked(path.basename(file), process.execPath, [path.join(checkout, "node_modules", file), ...args], {
    cwd: checkout,
    env: { ...process.env, NO_COLOR: "1" },
    tailLines: 200,
  });

/** What is checked without running the product. `templateUrl`: a database with all migrations applied. */
export function staticChecks(templateUrl: string): StaticCheck[] {
  return [
    { name: "lock file is complete", run: checkLockFile },
    {
      name: "format and lint (biome)",
      run: () => tool("@biomejs/biome/bin/biome", "ci", "--colors=off", "--max-diagnostics=30"),
    },
    { name: "types (tsc)", run: () => tool("typescript/bin/tsc", "--noEmit", "-p", "tsconfig.test.json") },
    { name: "import rules (dependency-cruiser)", run: checkImports },
    { name: "dead code (knip)", run: () => tool("knip/bin/knip.js", "--no-progress") },
    { name: "migrations make the schema (prisma)", run: () => checkDrift(templateUrl) },
  ];
}

async function checkLockFile(): Promise<void> {
  const problems = lockFileProblems();
  if (problems.length > 0) throw new Error(problems.join("\n"));
}

async function checkImports(): Promise<void> {
  const roots = ["app", "components", "e2e", "lib", "prisma", "scripts"];
  await tool(
    "dependency-cruiser/bin/dependency-cruiser.mjs",
    "--config",
    ".dependency-cruiser.mjs",
    ...roots,
  );
}

/** The schema says for Prisma what the migrations say for PostgreSQL; a difference is a bug in one of them. */
async function checkDrift(templateUrl: string): Promise<void> {
  const args = ["migrate", "diff", "--from-config-datasource", "--to-schema", "prisma/schema", "--exit-code"];
  await runPrisma(args, templateUrl);
}
