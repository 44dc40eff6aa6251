import { toHex } from "../../core/ledger/bytes.ts";
import { entriesFiles } from "../../core/ledger/pack/pack-files.ts";
import { leafHash } from "../../core/ledger/tree.ts";
import type { ComputedReport } from "../../core/reports/computed-report.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import { nodeCrypto } from "../ledger/node-crypto.ts";
import { entryTypes, glossary, leftOut } from "./appendix-words.ts";
import type { PackSource } from "./with-pack-source.ts";

/** Glossary, what an entry says, one call of the sample to hash by hand, and where the range joins on to what was before. */
export async function stateAppendices(
  source: Pick<PackSource, "rows" | "range">,
  computed: ComputedReport,
): Promise<StatedReport["appendices"]> {
  const { first } = source.range;
  return {
    glossary,
    entry_types: entryTypes,
    by_hand: await oneByHand(source, computed),
    earlier_checkpoint:
      first === 0
        ? { not_covered: "The range begins with the log, so that there is no checkpoint before it." }
        : `log/start.checkpoint is the head of ${first} entries that was signed before the period. From log/start.frontier its root follows, and with the leaf hashes of the range the root of log/end.checkpoint: that is the proof that one goes on from the other.`,
    not_covered: leftOut,
  };
}

async function oneByHand(
  { rows, range }: Pick<PackSource, "rows" | "range">,
  { sample }: ComputedReport,
): Promise<StatedReport["appendices"]["by_hand"]> {
  const drawn = sample.strata.flatMap(({ calls }) => calls)[0];
  const file = entriesFiles(range.first, range.end).find(
    (each) => drawn !== undefined && drawn.index >= each.first && drawn.index < each.end,
  );
  if (drawn === undefined || file === undefined) return { not_covered: "There was no call to draw." };
  const { index } = drawn;
  for await (const [row] of rows(index, index + 1)) {
    const bytes = row?.bytes ?? null;
    if (bytes === null) break;
    const line = index - file.first + 1;
    return {
      index,
      file: file.path,
      line,
      leaf_sha256: toHex(leafHash(nodeCrypto, bytes)),
      leaves: file.leaves,
      leaf_offset: (line - 1) * 32,
    };
  }
  return { not_covered: "The bytes of the drawn call are not in the pack." };
}
