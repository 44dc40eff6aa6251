import fs from "node:fs";
import path from "node:path";
import { parseCheckpoint } from "../../../lib/core/ledger/checkpoint.ts";
import { openNote, parseVerifierKey } from "../../../lib/core/ledger/note.ts";
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from "../../../lib/core/ledger/proof.ts";
import { type TileAddress, tilePath } from "../../../lib/core/ledger/tiles.ts";
import { appendLeaves, emptyFrontier, leafHash, rootOf } from "../../../lib/core/ledger/tree.ts";
import { nodeCrypto } from "../../../lib/services/ledger/node-crypto.ts";
import type { VectorSet } from "../vector-set.ts";

const vkey = "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx";

/** A log that another program wrote: its signatures, bundles and tiles, and proofs that we make from its tiles. */
export const tesseraSet: VectorSet = {
  name: "Golden C2SP log",
  source: "transparency-dev/tessera testdata/log",
  folder: "tessera-testdata/testdata/log",
  run: (folder, tally) => {
    const key = parseVerifierKey(nodeCrypto, vkey);
    const names = fs.readdirSync(folder).filter((name) => name.startsWith("checkpoint"));
    const heads = names.map((name) => {
      const opened = openNote(nodeCrypto, fs.readFileSync(path.join(folder, name), "utf8"), [key]);
      return { name, ...parseCheckpoint(opened.text) };
    });
    const readTile = (tile: TileAddress) => fs.readFileSync(path.join(folder, tilePath(tile)));
    for (const { name, origin, size, root } of heads) {
      const leaves = size === 0n ? [] : readBundle(folder, size).map((bytes) => leafHash(nodeCrypto, bytes));
      tally.same(`${name}, signature and origin`, origin, "example.com/log/testdata");
      tally.same(`${name}, root`, rootOf(nodeCrypto, appendLeaves(nodeCrypto, emptyFrontier, leaves)), root);
      if (size > 0n)
        tally.same(
          `${name}, tile`,
          Buffer.concat(leaves),
          readTile({ level: 0, n: 0n, width: Number(size) }),
        );
      leaves.forEach((leaf, i) => {
        const index = BigInt(i);
        const proof = inclusionProof(nodeCrypto, index, size, readTile);
        const holds = verifyInclusion(nodeCrypto, { leafHash: leaf, index, size, root, proof });
        tally.same(`entry ${i} in ${name}`, holds, true);
      });
      for (const old of heads.filter((each) => each.size > 0n && each.size <= size)) {
        const proof = consistencyProof(nodeCrypto, old.size, size, readTile);
        const claim = { oldSize: old.size, oldRoot: old.root, size, root, proof };
        tally.same(`${old.name} to ${name}`, verifyConsistency(nodeCrypto, claim), true);
      }
    }
  },
};

/** Entries of a bundle: two bytes of length, then that many. */
function readBundle(folder: string, size: bigint): Buffer[] {
  const bytes = fs.readFileSync(path.join(folder, "tile/entries", `000.p/${size}`));
  const entries: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = at + 2 + bytes.readUInt16BE(at);
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
