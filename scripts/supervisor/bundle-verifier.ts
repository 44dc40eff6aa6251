import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { checkout } from "../state/home.ts";

/** What is bundled, and what the bundle is called under `/verify/`. The same sources give the same bytes. */
const bundles = [
  {
    source: "scripts/verify/pack-main.ts",
    file: "domicile-verify.mjs",
    platform: "node",
    banner:
      "// Domicile's verifier of report packs, in one file: node domicile-verify.mjs PACK.zip --trust trust-root.json",
  },
  {
    source: "components/verify/verify-thread.ts",
    file: "verify-thread.js",
    platform: "browser",
    banner: "// Domicile's verifier of report packs, as the page /verify runs it.",
  },
] as const;

export const bundleFolder = "public/verify";

/** Puts the verifier for download, and the one of the page, where the pages serve them from. */
export async function bundleVerifier(folder = path.join(checkout, bundleFolder)): Promise<void> {
  fs.mkdirSync(folder, { recursive: true });
  for (const { source, file, platform, banner } of bundles)
    await build({
      absWorkingDir: checkout,
      entryPoints: [source],
      outfile: path.join(folder, file),
      bundle: true,
      format: "esm",
      target: platform === "node" ? "node20" : "es2022",
      platform,
      charset: "utf8",
      legalComments: "inline",
      banner: { js: banner },
      logLevel: "warning",
      minify: platform === "browser",
    });
}
