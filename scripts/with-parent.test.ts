import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { withParent } from "./supervisor/with-parent-arg.ts";

const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-with-parent-"));
const service = path.join(folder, "service.mjs");

beforeAll(() => {
  writeFileSync(path.join(folder, "forked.mjs"), `setTimeout(() => process.exit(7), 900);`);
  writeFileSync(
    service,
    `import { fork } from "node:child_process";
     fork(new URL("forked.mjs", import.meta.url)).once("exit", (code) => process.exit(code ?? 99));`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("leaves what a service forks to the service: the fork does not take itself for abandoned", async () => {
  const child = spawn(process.execPath, [...withParent(), service], { stdio: "ignore" });
  const code = await new Promise((resolve) => child.once("exit", resolve));
  expect(code).toBe(7);
});
