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

it.each(["runtime.mjs", "supervisor/install.ts", "supervisor/start.ts", "test/main.ts"])(
  "%s is read before any package is installed",
  async (file) => {
    const hook = `data:text/javascript,${encodeURIComponent(withoutPackages)}`;
    const url = pathToFileURL(path.join(scripts, file)).href;
    const args = ["--disable-warning=ExperimentalWarning", "--import", hook, "--input-type=module"];
    const { stderr } = await run(process.execPath, [...args, "-e", `await import(${JSON.stringify(url)});`]);
    expect(stderr).toBe("");
  },
);

it("a package is missed where one is asked for too early", async () => {
  const hook = `data:text/javascript,${encodeURIComponent(withoutPackages)}`;
  const url = pathToFileURL(path.join(scripts, "database/client.ts")).href;
  const args = ["--import", hook, "--input-type=module", "-e", `await import(${JSON.stringify(url)});`];
  await expect(run(process.execPath, args)).rejects.toMatchObject({
    stderr: expect.stringContaining("pg is not installed"),
  });
});
