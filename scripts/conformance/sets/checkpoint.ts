import { CheckpointError, formatCheckpoint, parseCheckpoint } from "../../../lib/core/ledger/checkpoint.ts";
import { cosignatureMessage } from "../../../lib/core/ledger/cosignature.ts";
import { readVectors } from "../read-vectors.ts";
import type { VectorSet } from "../vector-set.ts";

type Vectors = {
  readonly unmarshal: readonly {
    readonly desc: string;
    readonly m: string;
    readonly ok?: boolean;
    readonly okUpstream?: boolean;
  }[];
  readonly cosignatureV1Message: { readonly text: string };
};

export const checkpointSet: VectorSet = {
  name: "Checkpoints and the cosigned message",
  source: "C2SP tlog-checkpoint and tlog-cosignature, transparency-dev/formats, transcribed",
  folder: "transcribed/checkpoint.json",
  run: (file, tally) => {
    const { unmarshal, cosignatureV1Message } = readVectors<Vectors>(file);
    for (const { desc, m, ok, okUpstream } of unmarshal) {
      if (ok === false) tally.refused(desc, CheckpointError, () => parseCheckpoint(m));
      else if (okUpstream)
        tally.deviates(
          desc,
          "a root of ours has 32 bytes, and our signer writes no extension lines, so that both are refused",
          isRefused(m),
        );
      else tally.same(desc, formatCheckpoint(parseCheckpoint(m)), m);
    }
    const [, time = "", ...text] = cosignatureV1Message.text.split("\n");
    const message = cosignatureMessage(BigInt(time.slice("time ".length)), text.join("\n"));
    tally.same("cosigned message", Buffer.from(message).toString(), cosignatureV1Message.text);
    const checkpoint = text.join("\n");
    tally.same("its checkpoint", formatCheckpoint(parseCheckpoint(checkpoint)), checkpoint);
  },
};

function isRefused(text: string): boolean {
  try {
    parseCheckpoint(text);
    return false;
  } catch (error) {
    return error instanceof CheckpointError;
  }
}
