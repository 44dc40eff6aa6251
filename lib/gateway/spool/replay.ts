import { readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import type { CallIntent, CallRecord } from "../../core/calls/call-record.ts";
import { withoutEnd } from "../../services/calls/records-without-end.ts";
import { type Frame, openFrames } from "./frames.ts";
import { removeFolder } from "./owner.ts";

export type ReplayOptions = {
  /** All of them or none, and once. */
  readonly admit: (bootId: string, intents: readonly CallIntent[]) => Promise<void>;
  readonly renew: (bootId: string) => Promise<unknown>;
  /**
   * Records calls of one tenant; harmless to repeat. Answers how many of them the store refused for what they hold. Throws
   * where nothing was recorded for now.
   */
  readonly record: (tenantId: string, records: readonly CallRecord[]) => Promise<number>;
  readonly endBoot: (bootId: string) => Promise<void>;
  /** Told once of a file in which a frame does not open that is not its torn tail. */
  readonly onDamage: (file: string) => void;
};

const batchMax = 500;

/** `left`: nobody sees the end of its open calls any more, so they are recorded without one. */
type Whose =
  | "left"
  | {
      /** So many frames were given before. */
      readonly from: number;
      /** So far it was written; what may stand behind is another round's. */
      readonly bytes: number;
    };

/** `refused`: the file holds more of a call than the store took. */
export type Replayed = { readonly frames: number; readonly damaged: boolean; readonly refused: boolean };

/** Gives the store what can be read of one file. */
export async function replayFile(
  options: ReplayOptions,
  file: string,
  bootId: string,
  whose: Whose,
): Promise<Replayed> {
  const { frames, damaged } = await readSpool(file, bootId, whose);
  const intents = frames.flatMap((frame) => (frame.kind === "intent" ? [frame.intent] : []));
  await options.admit(bootId, intents);
  await options.renew(bootId);
  // Damage may stand before what was given: then all are given again, which does no harm.
  const from = whose === "left" || damaged ? 0 : whose.from;
  let refused = 0;
  for (const [tenantId, records] of byTenant(recordsOf(frames, from, whose === "left")))
    for (let at = 0; at < records.length; at += batchMax)
      refused += await options.record(tenantId, records.slice(at, at + batchMax));
  return { frames: frames.length, damaged, refused: refused > 0 };
}

/** Takes over what a gateway left that is gone. Two that do so at once do no harm. */
export async function replayFolder(options: ReplayOptions, folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [] as string[])) {
    const bootId = /^([0-9a-f-]{36})\.spool$/.exec(name)?.[1];
    if (bootId === undefined) continue;
    const file = path.join(folder, name);
    const replayed = await replayFile(options, file, bootId, "left");
    await options.endBoot(bootId);
    await putAway(file, replayed);
    if (replayed.damaged) options.onDamage(file);
  }
  await removeFolder(folder);
}

/** crash: a file that is damaged, or of which the store refused something, is kept aside: all there is of that is in it. */
export async function putAway(file: string, found: Pick<Replayed, "damaged" | "refused">): Promise<void> {
  const kept = found.damaged ? "damaged" : found.refused ? "refused" : null;
  if (kept !== null) await rename(file, `${file}.${kept}`);
  else await rm(file, { force: true });
}

async function readSpool(
  file: string,
  bootId: string,
  whose: Whose,
): Promise<{ frames: readonly Frame[]; damaged: boolean }> {
  const all = await readFile(file);
  if (whose === "left") {
    const { frames, state } = openFrames(all, bootId);
    return { frames, damaged: state === "damaged" };
  }
  // A file that this process writes has no torn tail: all of it was promised.
  const { frames, state } = openFrames(all.subarray(0, whose.bytes), bootId);
  return { frames, damaged: state !== "whole" || all.length < whose.bytes };
}

function recordsOf(frames: readonly Frame[], from: number, isLeft: boolean): CallRecord[] {
  const ended = frames.slice(from).flatMap((frame) => (frame.kind === "record" ? [frame.record] : []));
  if (!isLeft) return ended;
  const ids = new Set(ended.map(({ id }) => id));
  const lost = frames.flatMap((frame) =>
    frame.kind === "intent" && !ids.has(frame.intent.callId)
      ? [{ ...withoutEnd(frame.intent, frame.pin, frame.deployment), gap: "spooled" as const }]
      : [],
  );
  return [...ended, ...lost];
}

function byTenant(records: readonly CallRecord[]): Map<string, CallRecord[]> {
  return Map.groupBy(records, ({ tenantId }) => tenantId);
}
