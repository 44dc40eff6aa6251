import type { LogState } from "../../contracts/ledger.ts";

export type LogStanding = {
  readonly frozen: boolean;
  /** Its newest epoch was sealed, and goes on in none yet. */
  readonly sealed: boolean;
  /** The newest full check of a part of an epoch found a difference. */
  readonly failed: boolean;
  /** Both parts of every epoch were fully checked once, and the newest of each found no difference. */
  readonly verified: boolean;
  readonly entries: number;
  readonly checkpointSize: number | null;
  /** When the oldest entry that no checkpoint covers was appended. */
  readonly waitingSince: Date | null;
};

/** The signer signs every ten seconds: an entry that waits this long waits for nobody. */
export const silentAfterMs = 120_000;

/** What may be said of a log: the gravest that holds. */
export function logState(standing: LogStanding, now: Date): LogState {
  const { frozen, sealed, failed, verified, entries, checkpointSize, waitingSince } = standing;
  if (frozen) return "frozen";
  if (sealed) return "sealed";
  if (failed) return "failed";
  if (entries === 0) return "empty";
  if (checkpointSize === null) return "unsigned";
  if (waitingSince !== null && now.getTime() - waitingSince.getTime() > silentAfterMs) return "silent";
  return verified ? "whole" : "signed";
}
