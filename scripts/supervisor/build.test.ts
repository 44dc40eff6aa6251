import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { afterAll, describe, expect, it } from "vitest";
import { checkout } from "../state/home.ts";
import { makeFakeCheckout } from "../testing/fake-checkout.ts";
import { runCommand } from "../testing/run-command.ts";
import { webInputs } from "./build.ts";
import { bundleFiles, bundles } from "./bundle-files.ts";

const decides = (file: string): boolean =>
  webInputs.some((input) => file === input || file.startsWith(`${input}/`));

describe("what the pages are built from", () => {
  it("holds every file at the root that Next reads", () => {
    const ofOtherTools =
      /^(playwright|vitest|prisma)\.config\.ts$|^next-env\.d\.ts$|^\.dependency-cruiser\.mjs$/;
    const files = fs
      .readdirSync(checkout)
      .filter((file) => /\.(ts|js|mjs)$/.test(file) && !ofOtherTools.test(file));
    expect(files).toContain("instrumentation.ts");
    expect(files.filter((file) => !decides(file))).toEqual([]);
  });

  it("holds every file of ours that goes into the verifier", async () => {
    const { metafile } = await build({
      absWorkingDir: checkout,
      entryPoints: bundles.map(({ source }) => source),
      outdir: "nowhere",
      bundle: true,
      format: "esm",
      platform: "node",
      write: false,
      metafile: true,
    });
    const ours = Object.keys(metafile.inputs).filter((file) => !file.startsWith("node_modules/"));
    expect(ours).toContain("components/verify/verify-thread.ts");
    expect(ours.filter((file) => !decides(file))).toEqual([]);
  });
});

describe.skipIf(process.platform !== "linux")("npm run build", () => {
  const fake = makeFakeCheckout();
  afterAll(() => fake.remove());
  const run = async (...args: string[]): Promise<string> => {
    const command = runCommand(process.execPath, args, fake.folder, {});
    expect(await command.ended, command.output()).toBe(0);
    return command.output();
  };
  const asks = async (): Promise<string> =>
    run(
      "-e",
      'import("./scripts/supervisor/build.ts").then(({ needsBuild }) => console.log(needsBuild() ? "stale" : "built"))',
    );

  it("makes the pages and the verifier that they offer, and the start after it has nothing left to build", async () => {
    expect(await asks()).toContain("stale");
    await run("scripts/build.mjs");
    for (const file of bundleFiles) expect(fs.existsSync(path.join(fake.folder, file)), file).toBe(true);
    expect(await asks()).toContain("built");

    fs.rmSync(path.join(fake.folder, bundleFiles[0] ?? ""));
    expect(await asks()).toContain("stale");
  });

  it("says what to do where packages are missing", async () => {
    const lock = path.join(fake.folder, "package-lock.json");
    fs.writeFileSync(lock, '{ "packages": { "node_modules/absent": { "version": "1.0.0" } } }');
    const command = runCommand(process.execPath, ["scripts/build.mjs"], fake.folder, {});
    expect(await command.ended).toBe(1);
    expect(command.output()).toBe("\nPackages are missing. Run npm ci --omit=dev first.\n\n");
  });
});
