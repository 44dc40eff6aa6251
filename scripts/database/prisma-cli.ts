import { spawn } from "node:child_process";
import path from "node:path";
import { checkout } from "../state/home.ts";

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

/** Runs one Prisma command quietly; rejects with everything it printed. */
export function runPrisma(args: string[], databaseUrl?: string): Promise<string> {
  const env = prismaEnv(databaseUrl ? { ...process.env, DATABASE_URL: databaseUrl } : process.env);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [prismaProgram, ...args], {
      cwd: checkout,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    child.stdout.on("data", (chunk) => {
      output += chunk;
    });
    child.stderr.on("data", (chunk) => {
      output += chunk;
    });
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`prisma ${args.join(" ")} ended with ${code}\n${output.trim()}`));
    });
  });
}
