import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkout } from "../state/home.ts";

describe("npm run import", () => {
  let home: string;
  beforeAll(() => {
    home = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-import-"));
    fs.writeFileSync(path.join(home, "calls.ndjson"), "{}\n");
  });
  afterAll(() => fs.rmSync(home, { recursive: true }));

  const run = (...args: string[]) => {
    const { DATABASE_URL: _, ...env } = process.env;
    return spawnSync(process.execPath, ["scripts/import.mjs", ...args], {
      cwd: checkout,
      env: { ...env, DOMICILE_HOME: path.join(home, "domicile"), INIT_CWD: home },
      encoding: "utf8",
    });
  };

  it.each([
    ["how it is called", [], /npm run import -- --tenant SLUG/],
    ["that there is no such file", ["--file", "nowhere.ndjson"], /There is no file .*nowhere\.ndjson/],
    [
      "that there is no folder for the errors",
      ["--file", "calls.ndjson", "--errors", "nowhere/errors.ndjson"],
      /There is no folder .*nowhere/,
    ],
    [
      "that nothing was started here yet",
      ["--file", "calls.ndjson"],
      /Nothing has been started from .*npm start/,
    ],
  ])("says %s, without a stack, and makes nothing", (_, args, words) => {
    const { status, stderr } = run(
      ...(args.length === 0 ? [] : ["--tenant", "bank", "--app", "desk", ...args]),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(words);
    expect(stderr).not.toMatch(/ at .*\.ts:\d/);
    expect(fs.existsSync(path.join(home, "domicile"))).toBe(false);
  });
});
