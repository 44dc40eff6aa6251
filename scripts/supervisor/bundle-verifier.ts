import fs from "node:fs";
import path from "node:path";
import { build } from "esbuild";
import { checkout } from "../state/home.ts";
import { bundleFolder, bundles } from "./bundle-files.ts";

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
