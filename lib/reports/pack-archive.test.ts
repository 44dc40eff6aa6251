import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { openPackArchive } from "./pack-archive.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

describe("an archive that is written as it is made", () => {
  it("keeps nothing of a file that it has taken, however many come", async () => {
    const archive = openPackArchive();
    archive.output.resume();
    const read = await addOne();
    await archive.add("log/leaves-00000000.bin", Buffer.from("next"));
    for (let i = 0; i < 10 && read.deref() !== undefined; i++) {
      await turn();
      collect();
    }
    expect(read.deref()).toBeUndefined();
    archive.end();

    /** A file made of something large, which nobody but the archive could hold. */
    async function addOne(): Promise<WeakRef<object>> {
      const rows = [Buffer.from("a\n"), Buffer.from("b\n")];
      const made = async function* (): AsyncGenerator<Uint8Array> {
        for (const row of rows) yield row;
      };
      await archive.add("log/entries-00000000.ndjson", made());
      return new WeakRef(rows);
    }
  });
});
