import path from "node:path";
import { verifyConsistency, verifyInclusion } from "../../../lib/core/ledger/proof.ts";
import { nodeCrypto } from "../../../lib/services/ledger/node-crypto.ts";
import { jsonFiles, readVectors } from "../read-vectors.ts";
import type { Tally, VectorSet } from "../vector-set.ts";

const source = "transparency-dev/merkle testdata";
const base64 = (text: string): Uint8Array => Buffer.from(text, "base64");

type Probe = {
  readonly wantErr: boolean;
  readonly proof: readonly string[] | null;
  readonly root: string;
  readonly leafHash: string;
  readonly leafIdx: number | string;
  readonly treeSize: number | string;
  readonly root1: string;
  readonly root2: string;
  readonly size1: number | string;
  readonly size2: number | string;
};

export const inclusionSet: VectorSet = {
  name: "RFC 6962 inclusion proofs",
  source,
  folder: "transparency-dev-merkle/testdata/inclusion",
  run: (folder, tally) =>
    probe(folder, tally, ({ leafHash, leafIdx, treeSize, root, proof }) =>
      verifyInclusion(nodeCrypto, {
        leafHash: base64(leafHash),
        index: BigInt(leafIdx),
        size: BigInt(treeSize),
        root: base64(root),
        proof: (proof ?? []).map(base64),
      }),
    ),
};

export const consistencySet: VectorSet = {
  name: "RFC 6962 consistency proofs",
  source,
  folder: "transparency-dev-merkle/testdata/consistency",
  run: (folder, tally) => {
    tally.remark(
      "a proof from size 0 is refused, as the set has it; verify-consistency takes an empty one, as C2SP tlog-witness has it",
    );
    probe(folder, tally, ({ size1, size2, root1, root2, proof }) =>
      verifyConsistency(nodeCrypto, {
        oldSize: BigInt(size1),
        oldRoot: base64(root1),
        size: BigInt(size2),
        root: base64(root2),
        proof: (proof ?? []).map(base64),
      }),
    );
  },
};

export const subtreeInclusionSet = subtreeSet("Subtree inclusion proofs", "subtreeinclusion");
export const subtreeConsistencySet = subtreeSet("Subtree consistency proofs", "subtreeconsistency");

function subtreeSet(name: string, kind: string): VectorSet {
  return {
    name,
    source,
    folder: `transparency-dev-merkle/testdata/${kind}`,
    run: (folder, tally) => {
      const why = "not built: proofs of subtrees (draft-ietf-plants-merkle-tree-certs) have no use here";
      tally.skip("all of it", jsonFiles(folder).length, why);
    },
  };
}

function probe(folder: string, tally: Tally, verify: (vector: Probe) => boolean): void {
  let big = 0;
  for (const name of jsonFiles(folder)) {
    const vector = readVectors<Probe>(path.join(folder, name));
    if (Object.values(vector).some((value) => typeof value === "string" && /^\d{16,}$/.test(value))) big++;
    const accepted = verify(vector);
    const odd = vector.wantErr ? null : oddRoots(vector);
    if (odd !== null) tally.deviates(name, odd, !accepted);
    else tally.same(name, accepted, !vector.wantErr);
  }
  if (big > 0) tally.remark(`${big} files hold integers beyond 2^53: quoted before they were parsed`);
}

/** The set has a case that is to be accepted though its roots are no hashes. */
function oddRoots({ root, root1, root2 }: Probe): string | null {
  const lengths = [root, root1, root2]
    .filter((text) => text !== undefined)
    .map((text) => base64(text).length);
  const odd = lengths.find((length) => length !== 32);
  return odd === undefined ? null : `its roots have ${odd} bytes; a root of ours has 32, whatever else holds`;
}
