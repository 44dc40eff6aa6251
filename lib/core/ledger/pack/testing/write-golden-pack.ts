import fs from "node:fs";
import { samplePack } from "./sample-pack.ts";

/**
 * node lib/core/ledger/pack/testing/write-golden-pack.ts: writes the golden pack of the newest form of `report.json`,
 * judged by the newest version. Only when either gets a new number: the packs of earlier ones stay as they are, and go on
 * being read.
 */
export const goldenFile = new URL("./golden/golden-pack-v5.zip", import.meta.url);

if (import.meta.main) fs.writeFileSync(goldenFile, samplePack({ first: 3 }).zip);
