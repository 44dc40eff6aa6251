import { execFile } from "node:child_process";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const run = promisify(execFile);
const scripts = path.resolve(import.meta.dirname, "..");

/** As in a fresh clone: there is nothing but Node itself, and the files of the checkout. */
const withoutPackages = `
  import { registerHooks } from "node:module";
  registerHooks({
    resolve(specifier, context, next) {
      if (/^(\\.|file:|node:)/.test(specifier)) return next(specifier, context);
      throw new Error(specifier + " is not installed; wanted by " + context.parentURL);
    },
  });
`;

/** Loads a file of `scripts` in a process of its own. */
function load(file: string): Promise<{ readonly stderr: string }> {
  const hook = `data:text/javascript,${encodeURIComponent(withoutPackages)}`;
  const url = pathToFileURL(path.join(scripts, file)).href;
  const args = ["--disable-warning=ExperimentalWarning", "--import", hook, "--input-type=module"];
  return run(process.execPath, [...args, "-e", `await import(${JSON.stringify(url)});`]);
}

it.each(["runtime.mjs", "supervisor/install.ts", "supervisor/start.ts", "test/main.ts"])(
  "%s is read before any package is installed",
  async (file) => {
    expect((await load(file)).stderr).toBe("");
  },
);

it("a package is missed where one is asked for too early", async () => {
  await expect(load("database/client.ts")).rejects.toMatchObject({
    stderr: expect.stringContaining("pg is not installed"),
  });
});
