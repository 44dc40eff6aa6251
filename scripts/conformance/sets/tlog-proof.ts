import { formatTlogProof, parseTlogProof, TlogProofError } from "../../../lib/core/ledger/tlog-proof.ts";
import { readVectors } from "../read-vectors.ts";
import type { VectorSet } from "../vector-set.ts";

type Vectors = {
  readonly h1: string;
  readonly h2: string;
  readonly marshal: readonly {
    readonly proof: {
      readonly index: string;
      readonly hashes: readonly ("h1" | "h2")[];
      readonly extraUtf8?: string;
      readonly checkpoint: string;
    };
    readonly want: string;
  }[];
  readonly unmarshalErrors: readonly string[];
};

export const tlogProofSet: VectorSet = {
  name: "Proof files",
  source: "C2SP tlog-proof, transparency-dev/formats, transcribed",
  folder: "transcribed/tlog-proof.json",
  run: (file, tally) => {
    const { marshal, unmarshalErrors, ...hashes } = readVectors<Vectors>(file);
    for (const { proof, want } of marshal) {
      const written = formatTlogProof({
        ...(proof.extraUtf8 !== undefined && { extra: Buffer.from(proof.extraUtf8) }),
        index: BigInt(proof.index),
        hashes: proof.hashes.map((name) => Buffer.from(hashes[name], "base64")),
        checkpointNote: proof.checkpoint,
      });
      tally.same(`written, index ${proof.index}`, written, want);
      tally.same(`read, index ${proof.index}`, formatTlogProof(parseTlogProof(want)), want);
    }
    for (const text of unmarshalErrors)
      tally.refused(JSON.stringify(text), TlogProofError, () => parseTlogProof(text));
  },
};
