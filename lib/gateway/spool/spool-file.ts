import { type FileHandle, open } from "node:fs/promises";
import path from "node:path";
import { type Frame, sealFrame } from "./frames.ts";

/** One file of a spool, appended to by this process alone. Its name is the boot that its intents are numbered under. */
export type SpoolFile = {
  readonly bootId: string;
  readonly file: string;
  /** Resolves when the frame is on the disk; everything that comes meanwhile goes together. Rejects where it is not. */
  append(frame: Frame): Promise<void>;
  bytes(): number;
  /** Resolves when what was asked for until now is on the disk, or refused. */
  settled(): Promise<void>;
  /** True once an append has failed: no place behind it can be trusted. */
  isBroken(): boolean;
  close(): Promise<void>;
};

type Waiter = {
  readonly frame: Frame;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** trust: readable by this user alone. crash: the folder is synced too, or a lost power could take the file's name. */
export async function createSpoolFile(folder: string, bootId: string): Promise<SpoolFile> {
  const file = path.join(folder, `${bootId}.spool`);
  const handle = await open(file, "wx", 0o600);
  try {
    await syncFolder(folder);
  } catch (error) {
    await handle.close();
    throw error;
  }
  let bytes = 0;
  let place = 0;
  let broken = false;
  let waiting: Waiter[] = [];
  let running: Promise<void> | null = null;

  const writeGroup = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    if (broken) {
      for (const { reject } of group) reject(new Error("The spool's file is broken."));
      return;
    }
    try {
      const sealed = Buffer.concat(group.map(({ frame }, i) => sealFrame(frame, bootId, place + i)));
      await writeAll(handle, sealed, bytes);
      await handle.datasync();
      bytes += sealed.length;
      place += group.length;
      for (const { resolve } of group) resolve();
    } catch (error) {
      // Nothing may stand behind a frame that is there in part.
      broken = true;
      await handle.truncate(bytes).catch(() => undefined);
      for (const { reject } of group) reject(error);
    }
  };

  const writeAllGroups = async (): Promise<void> => {
    // Those who ask in the same turn go together.
    await Promise.resolve();
    while (waiting.length > 0) await writeGroup();
    running = null;
  };

  return {
    bootId,
    file,
    append: (frame) =>
      new Promise((resolve, reject) => {
        waiting.push({ frame, resolve, reject });
        running ??= writeAllGroups();
      }),
    bytes: () => bytes,
    isBroken: () => broken,
    settled: async () => {
      await running;
    },
    async close() {
      await running;
      await handle.close();
    },
  };
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    if (bytesWritten === 0) throw new Error("The disk took nothing.");
    done += bytesWritten;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
