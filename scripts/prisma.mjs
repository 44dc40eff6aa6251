// `npm run prisma -- migrate dev --name x`: the real Prisma CLI on the WebAssembly schema engine.
import { ensureRuntime } from "./runtime.mjs";

if (await ensureRuntime(import.meta.url)) {
  const { spawnSync } = await import("node:child_process");
  const { prismaEnv, prismaProgram } = await import("./database/prisma-cli.ts");
  const { status } = spawnSync(process.execPath, [prismaProgram, ...process.argv.slice(2)], {
    stdio: "inherit",
    env: prismaEnv(),
  });
  process.exitCode = status ?? 1;
}
