import fs from "node:fs";
import path from "node:path";
import { checkpointSet } from "./sets/checkpoint.ts";
import { es6NumberSet } from "./sets/es6-numbers.ts";
import { jcsNegativeSet, jcsPairSet } from "./sets/jcs.ts";
import {
  consistencySet,
  inclusionSet,
  subtreeConsistencySet,
  subtreeInclusionSet,
} from "./sets/merkle-probes.ts";
import { rfc3161Set } from "./sets/rfc3161.ts";
import { rfc6962Set } from "./sets/rfc6962.ts";
import { signedNoteSet } from "./sets/signed-note.ts";
import { tesseraSet } from "./sets/tessera-log.ts";
import { tlogPathSet } from "./sets/tlog-paths.ts";
import { tlogProofSet } from "./sets/tlog-proof.ts";
import { aesGcmSet, ed25519Set, hmacSet } from "./sets/wycheproof.ts";
import { type SetOutcome, Tally, type VectorSet } from "./vector-set.ts";

/** Every set this program knows. */
export const vectorSets: readonly VectorSet[] = [
  rfc6962Set,
  inclusionSet,
  consistencySet,
  subtreeInclusionSet,
  subtreeConsistencySet,
  tlogPathSet,
  signedNoteSet,
  checkpointSet,
  tlogProofSet,
  tesseraSet,
  jcsPairSet,
  jcsNegativeSet,
  es6NumberSet,
  ed25519Set,
  hmacSet,
  aesGcmSet,
  rfc3161Set,
];

/** `missing`: the folder is not there, so that nothing could be asked. */
export type SetResult = SetOutcome & { readonly set: VectorSet; readonly missing: boolean };

/** Asks every set its questions; one that breaks is a failure of its own and stops no other. */
export function runSets(vectors: string): readonly SetResult[] {
  return vectorSets.map((set) => {
    const folder = path.join(vectors, set.folder);
    const tally = new Tally();
    const missing = !fs.existsSync(folder);
    try {
      if (!missing) set.run(folder, tally);
    } catch (error) {
      tally.fail(`the set could not be run to its end: ${error instanceof Error ? error.message : error}`);
    }
    const { outcome } = tally;
    const isEmpty = outcome.passed + outcome.failed.length + outcome.skipped.length === 0;
    if (!missing && isEmpty) tally.fail("the folder holds no vectors");
    return { ...tally.outcome, set, missing };
  });
}

/** Folders and transcribed files beside the sets that this program does not know, so that nobody takes them for run. */
export function unknownEntries(vectors: string): readonly string[] {
  const known = new Set(vectorSets.flatMap(({ folder }) => [folder, folder.split(path.posix.sep)[0]]));
  const inside = [...new Set(vectorSets.map(({ folder }) => path.dirname(folder)))];
  return inside
    .flatMap((folder) => {
      const at = path.join(vectors, folder);
      return fs.existsSync(at) ? fs.readdirSync(at).map((name) => path.posix.join(folder, name)) : [];
    })
    .filter((name) => !known.has(name) && !/(^|\/)(README[^/]*|LICENSE[^/]*|\.[^/]*)$/.test(name));
}
