import path from "node:path";
import { v7 } from "uuid";
import type { CallRecord } from "../../core/calls/call-record.ts";
import type { DeploymentFacts } from "../../core/calls/deployment-facts.ts";
import type { Pin } from "../../core/policies/policy.ts";
import type { IntentDraft, IntentNumber } from "../intents.ts";
import { createOwnFolder, foldersLeft, removeFolder, touchFolder } from "./owner.ts";
import { putAway, type ReplayOptions, replayFile, replayFolder } from "./replay.ts";
import { createSpoolFile, type SpoolFile } from "./spool-file.ts";

export type SpoolOptions = ReplayOptions & {
  /** Of all gateways of this machine. */
  readonly root: string;
  readonly bytesMax: number;
  readonly fileBytesMax: number;
  /** How long calls may go on without a store. */
  readonly msMax: number;
  readonly everyMs: number;
  /** Milliseconds that never jump. */
  readonly now: () => number;
  readonly onTrouble: (error: unknown, what: string) => void;
};

/** What calls under `onEvidenceLoss: spool` are written to while the store is away. */
export type Spool = {
  /** Resolves when the intent is on the disk. Rejects where it is not: then the call must not leave. */
  open(draft: IntentDraft, pin: Pin, deployment: DeploymentFacts | null): Promise<IntentNumber>;
  /** True: the end of a call of this spool is on the disk. False: keep it elsewhere; the intent is there. */
  close(record: CallRecord): Promise<boolean>;
  bytes(): number;
  /** Gives the store what it has not; the rest stays for a later round. */
  replay(): Promise<void>;
  start(): void;
  stop(): Promise<void>;
};

/** One file while it grows, and until all of its calls are recorded. */
type Session = {
  readonly file: SpoolFile;
  readonly numbers: Map<string, number>;
  readonly openCalls: Set<string>;
  /** Takes no more intents; ends of its calls it takes. */
  sealed: boolean;
  /** Takes nothing more: what is written behind damage may not be found again. */
  damaged: boolean;
  /** The store refused something of it. */
  refused: boolean;
  replayedBytes: number;
  replayedFrames: number;
};

/** Kept free for the end of each call that is open. */
const recordBytes = 8_192;

/**
 * crash: an intent is on the disk before its call leaves; numbers are those of a boot of the spool's own, one per file, so
 * that the store takes a file's intents once and all together. Whatever a process leaves here the next one replays.
 */
export function createSpool(options: SpoolOptions): Spool {
  let folder = path.join(options.root, v7());
  const sessions = new Map<string, Session>();
  let current: Session | null = null;
  let making: Promise<Session> | null = null;
  let made: Promise<void> | null = null;
  let replaying: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let since: number | null = null;
  /** Calls that wait for a file. */
  let opening = 0;

  const bytes = (): number => [...sessions.values()].reduce((sum, { file }) => sum + file.bytes(), 0);
  const openCalls = (): number =>
    [...sessions.values()].reduce((sum, session) => sum + session.openCalls.size, 0);

  const begin = async (): Promise<Session> => {
    made ??= createOwnFolder(folder);
    try {
      await made;
    } catch (error) {
      made = null;
      throw error;
    }
    const bootId = v7();
    const file = await createSpoolFile(folder, bootId);
    const session: Session = {
      file,
      numbers: new Map(),
      openCalls: new Set(),
      sealed: false,
      damaged: false,
      refused: false,
      replayedBytes: 0,
      replayedFrames: 0,
    };
    sessions.set(bootId, session);
    current = session;
    return session;
  };

  const usable = async (): Promise<Session> => {
    if (
      current &&
      (current.sealed || current.file.isBroken() || current.file.bytes() >= options.fileBytesMax)
    ) {
      current.sealed = true;
      current = null;
    }
    if (current) return current;
    making ??= begin().finally(() => {
      making = null;
    });
    return making;
  };

  const replayOwn = async (session: Session): Promise<void> => {
    const { file, openCalls: open } = session;
    session.sealed = true;
    if (current === session) current = null;
    // Ends that are written from here on are another round's.
    const isLast = open.size === 0;
    // crash: the store takes the intents of a file once; all that were promised have to be in it.
    await file.settled();
    const bytesNow = file.bytes();
    if (bytesNow === session.replayedBytes) await options.renew(file.bootId);
    else {
      const whose = { from: session.replayedFrames, bytes: bytesNow };
      const { frames, damaged, refused } = await replayFile(options, file.file, file.bootId, whose);
      session.replayedFrames = frames;
      session.replayedBytes = bytesNow;
      if (damaged && !session.damaged) options.onDamage(file.file);
      session.damaged ||= damaged;
      session.refused ||= refused;
    }
    // The store took the intents: whoever asks for them from now on has not been without it for long.
    since = null;
    if (!isLast || open.size > 0) return;
    await options.endBoot(file.bootId);
    sessions.delete(file.bootId);
    await file.close();
    await putAway(file.file, session);
  };

  const round = async (): Promise<void> => {
    const failures: unknown[] = [];
    // What the store does not take of one file keeps none of the others.
    const later = (error: unknown): void => void failures.push(error);
    for (const session of [...sessions.values()]) await replayOwn(session).catch(later);
    if (sessions.size === 0) since = null;
    for (const left of await foldersLeft(options.root, folder))
      await replayFolder(options, left).catch(later);
    if (made && sessions.size === 0 && making === null) {
      const emptied = folder;
      // Never the same one again: a call may ask for a file while this one goes.
      folder = path.join(options.root, v7());
      made = null;
      await removeFolder(emptied);
    } else if (made) await touchFolder(folder);
    if (failures.length > 0) throw failures[0];
  };

  const replay = (): Promise<void> => {
    replaying ??= round()
      .catch((error: unknown) => options.onTrouble(error, "the spool waits for the store"))
      .finally(() => {
        replaying = null;
      });
    return replaying;
  };

  const schedule = (): void => {
    timer = setTimeout(() => void replay().finally(() => timer && schedule()), options.everyMs);
    timer.unref();
  };

  return {
    async open(draft, pin, deployment) {
      if (bytes() + (openCalls() + opening + 1) * recordBytes > options.bytesMax)
        throw new Error("The spool is full.");
      since ??= options.now();
      if (options.now() - since > options.msMax) throw new Error("The store has been away for too long.");
      opening += 1;
      let session: Session;
      try {
        do session = await usable();
        while (session.sealed);
      } finally {
        opening -= 1;
      }
      const n = (session.numbers.get(draft.tenantId) ?? 0) + 1;
      session.numbers.set(draft.tenantId, n);
      session.openCalls.add(draft.callId);
      const { bootId } = session.file;
      try {
        await session.file.append({ kind: "intent", intent: { ...draft, bootId, n }, pin, deployment });
      } catch (error) {
        session.openCalls.delete(draft.callId);
        throw error;
      }
      return { bootId, n };
    },
    async close(record) {
      const session = sessions.get(record.intent?.bootId ?? "");
      if (!session) return false;
      try {
        if (session.damaged) return false;
        await session.file.append({ kind: "record", record });
        return true;
      } catch (error) {
        options.onTrouble(error, "the end of a call could not be spooled");
        return false;
      } finally {
        session.openCalls.delete(record.id);
      }
    },
    bytes,
    replay,
    start: schedule,
    async stop() {
      clearTimeout(timer);
      timer = undefined;
      await making?.catch(() => undefined);
      await replaying;
      await replay();
      for (const { file } of sessions.values()) await file.close();
    },
  };
}
