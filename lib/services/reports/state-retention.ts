import type { StatedReport } from "../../core/reports/report.ts";
import { type RetentionPresetId, retentionPresets } from "../../core/retention/presets.ts";
import {
  type ErasedOfRange,
  erasedOfRange,
  holdsAt,
  type PruneOfRange,
  prunesOfRange,
  type RetentionAt,
  retentionAt,
} from "../../db/report-retention.ts";
import type { PackSource } from "./with-pack-source.ts";

/**
 * How long records were kept at the end of the range, in sentences; and what of the range has gone since: that is as it was
 * when the pack was built, like the entries it then held.
 */
export async function stateRetention({
  range,
  sql,
}: Pick<PackSource, "range" | "sql">): Promise<StatedReport["system"]["retention"]> {
  const { key, first, end } = range;
  const inForce = await retentionAt(sql, key, end);
  const holds = await holdsAt(sql, key, end);
  const prunes = await prunesOfRange(sql, key, first, end);
  const erased = await erasedOfRange(sql, key, first, end);
  return [
    periodWords(inForce),
    ...holds.map(
      ({ name, placedAt }) =>
        `Legal hold "${name}", since ${dayOf(placedAt)}: while it stands, nothing expires and nobody is erased.`,
    ),
    ...(prunes.length === 0
      ? ["No entry of this range has expired."]
      : prunes.map((prune) => pruneWords(prune, first, end))),
    ...(erased.length === 0
      ? ["No personal value of this range was erased."]
      : erased.map((erasure) => erasureWords(erasure, key.epoch))),
    "An entry only commits to what names a person. What opens a commitment is kept encrypted beside the log, and is not in this pack.",
    "Backups hold what was erased until they are overwritten themselves; how long that takes is for whoever runs the deployment to say.",
  ];
}

function periodWords(inForce: RetentionAt | null): string {
  if (inForce === null) return "Everything is kept: no period was chosen by two people.";
  const { title, reason } = retentionPresets[inForce.preset as RetentionPresetId];
  return `${title}, asked for by one person and approved by another on ${dayOf(inForce.since)}. ${reason}`;
}

function pruneWords({ from, to, at, entryIndex }: PruneOfRange, first: number, end: number): string {
  const [begin, until] = [Math.max(from, first), Math.min(to, end)];
  return `${until - begin} entries of this range, ${begin} up to ${until - 1}, expired on ${dayOf(at)}: their bytes are gone and their hashes stay. Entry ${entryIndex} says so.`;
}

function erasureWords({ reference, at, openings, entries, ...entry }: ErasedOfRange, epoch: number): string {
  const place = entry.entryEpoch === epoch ? "" : ` of epoch ${entry.entryEpoch}`;
  return `${openings} personal values in ${entries} entries of this range were erased on ${dayOf(at)} (${reference ?? "without a reference"}): the entries stay, and nobody can open those values any more. Entry ${entry.entryIndex}${place} says so.`;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);
