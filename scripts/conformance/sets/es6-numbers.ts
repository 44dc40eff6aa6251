import { createHash } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import { CanonicalError, canonicalBytes, parseCanonical } from "../../../lib/core/ledger/canonical.ts";
import type { VectorSet } from "../vector-set.ts";

/** SHA-256 of the first lines as cyberphone/json-canonicalization publishes it. */
const published10k = "b9f7a8e75ef22a835685a52ccba7f7d6bdc99e34b010992cbc5864cd12be6892";

export const es6NumberSet: VectorSet = {
  name: "ES6 numbers",
  source: "cyberphone/json-canonicalization testdata/README.md",
  folder: "es6-numbers",
  run: (folder, tally) => {
    const file = fs.readFileSync(path.join(folder, "es6testfile10k.txt"));
    tally.same(
      "the file is the published one",
      createHash("sha256").update(file).digest("hex"),
      published10k,
    );
    let integers = 0;
    for (const line of file.toString().split("\n").filter(Boolean)) {
      const [bits = "", text = ""] = line.split(",");
      const value = Buffer.from(bits.padStart(16, "0"), "hex").readDoubleBE();
      const ours = Number.isSafeInteger(value) && !Object.is(value, -0);
      if (ours) {
        integers++;
        tally.same(line, Buffer.from(canonicalBytes(value)).toString(), text);
        tally.same(`${line}, read`, parseCanonical(Buffer.from(text)), value);
      } else {
        tally.refused(`${line}: no integer within ±(2^53-1)`, CanonicalError, () => canonicalBytes(value));
        // Minus zero is written "0", which read back is the integer.
        if (!Object.is(value, -0))
          tally.refused(`${line}, read`, CanonicalError, () => parseCanonical(Buffer.from(text)));
      }
    }
    tally.remark(
      `${integers} lines are integers of ours and are written; all others have to be refused, and are`,
    );
  },
};
