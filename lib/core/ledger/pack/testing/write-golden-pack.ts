import fs from "node:fs";
import { comparedDrafts } from "./sample-calls.ts";
import { samplePack } from "./sample-pack.ts";

/**
 * node lib/core/ledger/pack/testing/write-golden-pack.ts: writes the golden pack of the newest form of `report.json`,
 * judged by the newest version. Only when either gets a new number: the packs of earlier ones stay as they are, and go on
 * being read.
 */
export const goldenFile = new URL("./golden/golden-pack-v6.zip", import.meta.url);

/** The same from the program. */
export const goldenPack = () => samplePack({ first: 3, drafts: comparedDrafts });

if (import.meta.main) fs.writeFileSync(goldenFile, goldenPack().zip);
