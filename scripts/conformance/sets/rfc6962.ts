import {
  appendLeaves,
  emptyFrontier,
  emptyRoot,
  leafHash,
  nodeHash,
  rootOf,
} from "../../../lib/core/ledger/tree.ts";
import { nodeCrypto } from "../../../lib/services/ledger/node-crypto.ts";
import { readVectors } from "../read-vectors.ts";
import type { VectorSet } from "../vector-set.ts";

type Vectors = {
  readonly hashes: readonly {
    readonly what: string;
    readonly inputUtf8?: string;
    readonly leftUtf8?: string;
    readonly rightUtf8?: string;
    readonly hex: string;
  }[];
  readonly leavesHex: readonly string[];
  readonly rootsHexBySize: readonly string[];
};

export const rfc6962Set: VectorSet = {
  name: "RFC 6962 hashes and roots",
  source: "transparency-dev/merkle, google/certificate-transparency, transcribed",
  folder: "transcribed/rfc6962.json",
  run: (file, tally) => {
    const { hashes, leavesHex, rootsHexBySize } = readVectors<Vectors>(file);
    for (const { what, inputUtf8 = "", leftUtf8 = "", rightUtf8 = "", hex } of hashes) {
      if (what === "empty root") tally.same(what, emptyRoot(nodeCrypto), Buffer.from(hex, "hex"));
      else if (what === "leaf")
        tally.same(
          `${what} "${inputUtf8}"`,
          leafHash(nodeCrypto, Buffer.from(inputUtf8)),
          Buffer.from(hex, "hex"),
        );
      // This one hashes texts where hashes belong: only the prefix and the order are asked for.
      else if (what === "node") {
        const input = Buffer.from(`\u0001${leftUtf8}${rightUtf8}`);
        tally.same(
          `${what} of two texts, prefix and order`,
          nodeCrypto.sha256(input),
          Buffer.from(hex, "hex"),
        );
        tally.refused(`${what} of what is no hash`, RangeError, () =>
          nodeHash(nodeCrypto, Buffer.from(leftUtf8), Buffer.from(rightUtf8)),
        );
      } else tally.fail(`${what}: a kind of hash this program does not know`);
    }
    const leaves = leavesHex.map((hex) => leafHash(nodeCrypto, Buffer.from(hex, "hex")));
    rootsHexBySize.forEach((hex, size) => {
      const tree = appendLeaves(nodeCrypto, emptyFrontier, leaves.slice(0, size));
      tally.same(`root of size ${size}`, rootOf(nodeCrypto, tree), Buffer.from(hex, "hex"));
    });
  },
};
