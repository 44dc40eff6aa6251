/** What is bundled, and what the bundle is called under `/verify/`. The same sources give the same bytes. */
export const bundles = [
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
export const bundleFiles: readonly string[] = bundles.map(({ file }) => `${bundleFolder}/${file}`);
