import fs from "node:fs";
import type { VectorSet } from "../vector-set.ts";

export const rfc3161Set: VectorSet = {
  name: "RFC 3161 time stamps",
  source: "trailofbits/rfc3161-client test/fixtures",
  folder: "rfc3161-client",
  run: (folder, tally) => {
    const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
    const responses = files.filter((name) => name.endsWith(".tsr")).length;
    tally.skip(
      "responses of time stamp authorities",
      responses,
      "not built: checkpoints carry the signer's own clock",
    );
  },
};
