import path from "node:path";
import { checkout } from "../state/home.ts";
import { runTracked } from "../supervisor/children.ts";

/** The environment under which the real Prisma CLI uses the WebAssembly engine and calls nobody. */
export function prismaEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  return {
    ...env,
    // The engine is a Node program found by `env node`: it must be this Node.
    PATH: `${path.dirname(process.execPath)}${path.delimiter}${env.PATH ?? ""}`,
    PRISMA_SCHEMA_ENGINE_BINARY: path.join(checkout, "scripts/schema-engine.mjs"),
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  };
}

export const prismaProgram = path.join(checkout, "node_modules/prisma/build/index.js");

/** Runs one Prisma command quietly; rejects with the end of what it printed. */
export function runPrisma(args: string[], databaseUrl?: string): Promise<string> {
  const env = prismaEnv(databaseUrl ? { ...process.env, DATABASE_URL: databaseUrl } : process.env);
  const label = `prisma ${args.slice(0, 2).join(" ")}`;
  return runTracked(label, process.execPath, [prismaProgram, ...args], { cwd: checkout, env });
}
