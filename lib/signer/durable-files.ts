import fs from "node:fs";
import path from "node:path";

/**
 * Files that are there, whole, once `write` has returned: also after a power cut. What a test wants to break is named to
 * `before`, which may throw.
 */
export type DurableFiles = {
  /** Null where there is none. */
  read(name: string): string | null;
  write(name: string, text: string): void;
  /** Adds a line. One that a crash cut short before it stays as it is, and stands alone. */
  append(name: string, line: string): void;
  /** The last characters of a file, with a line break before its first one; empty where there is none. */
  endOf(name: string, characters: number): string;
  /** The lines of a file, none where it does not exist; a part of it is held at a time. */
  lines(name: string): Generator<string>;
  /** Gone for good once it returns; no error where there was none. */
  remove(name: string): void;
  /** Names in a folder below, in order; none where it does not exist. */
  list(folder: string): string[];
};

/** A moment at which the process may die, or the disk refuse. */
export type FileStep = "open" | "write" | "sync" | "rename" | "sync folder" | "remove";

/** A private folder: mode 0700, its files 0600. */
export function openDurableFiles(
  folder: string,
  before: (step: FileStep, name: string) => void = () => undefined,
): DurableFiles {
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  fs.chmodSync(folder, 0o700);
  const at = (name: string): string => path.join(folder, name);

  return {
    read(name) {
      try {
        return fs.readFileSync(at(name), "utf8");
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
        throw error;
      }
    },
    write(name, text) {
      const parent = path.dirname(at(name));
      makeFolder(parent);
      // crash: beside and renamed, so that a reader finds the old file or the new one; both syncs, so that the new one
      // cannot vanish again once somebody has acted on it.
      const draft = `${at(name)}.new`;
      before("open", name);
      const file = fs.openSync(draft, "w", 0o600);
      try {
        before("write", name);
        fs.writeFileSync(file, text);
        before("sync", name);
        fs.fsyncSync(file);
      } finally {
        fs.closeSync(file);
      }
      before("rename", name);
      fs.renameSync(draft, at(name));
      before("sync folder", name);
      syncFolder(parent);
    },
    append(name, line) {
      makeFolder(path.dirname(at(name)));
      const isNew = !fs.existsSync(at(name));
      const cutShort = !isNew && !endOf(at(name), 1).endsWith("\n");
      before("open", name);
      const file = fs.openSync(at(name), "a", 0o600);
      try {
        before("write", name);
        fs.writeFileSync(file, `${cutShort ? "\n" : ""}${line}\n`);
        before("sync", name);
        fs.fsyncSync(file);
      } finally {
        fs.closeSync(file);
      }
      if (isNew) syncFolder(path.dirname(at(name)));
    },
    lines: (name) => linesOf(at(name)),
    endOf: (name, characters) => endOf(at(name), characters),
    remove(name) {
      before("remove", name);
      fs.rmSync(at(name), { force: true });
      syncFolder(path.dirname(at(name)));
    },
    list(folderName) {
      try {
        return fs
          .readdirSync(at(folderName))
          .filter((name) => !name.endsWith(".new"))
          .sort();
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
        throw error;
      }
    },
  };
}

function endOf(file: string, characters: number): string {
  if (!fs.existsSync(file)) return "";
  const handle = fs.openSync(file, "r");
  try {
    const { size } = fs.fstatSync(handle);
    const bytes = Buffer.alloc(Math.min(size, characters));
    fs.readSync(handle, bytes, 0, bytes.length, size - bytes.length);
    return size < characters ? `\n${bytes.toString("latin1")}` : bytes.toString("latin1");
  } finally {
    fs.closeSync(handle);
  }
}

function* linesOf(file: string): Generator<string> {
  if (!fs.existsSync(file)) return;
  const handle = fs.openSync(file, "r");
  try {
    const part = Buffer.alloc(65_536);
    let rest = "";
    for (let read = fs.readSync(handle, part); read > 0; read = fs.readSync(handle, part)) {
      const lines = (rest + part.toString("latin1", 0, read)).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
    // What no line break ends was cut short.
  } finally {
    fs.closeSync(handle);
  }
}

function makeFolder(folder: string): void {
  if (fs.existsSync(folder)) return;
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  syncFolder(path.dirname(folder));
}

function syncFolder(folder: string): void {
  if (!fs.existsSync(folder)) return;
  // Windows cannot open a folder; it writes names through by itself.
  if (process.platform === "win32") return;
  const handle = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
