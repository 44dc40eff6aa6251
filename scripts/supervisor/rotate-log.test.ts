import { spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { rotateLog, shiftLogs } from "./rotate-log.ts";
import { withRotation } from "./rotate-log-arg.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile log & rotation "));
  file = path.join(folder, "gateway.log");
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

/** All generations from the oldest on, as one text. */
function everything(): string {
  const ages = fs
    .readdirSync(folder)
    .map((name) => Number(/^gateway\.log\.(\d+)$/.exec(name)?.[1]))
    .filter((age) => !Number.isNaN(age))
    .sort((a, b) => b - a);
  return [...ages.map((age) => `${file}.${age}`), file].map((each) => fs.readFileSync(each, "utf8")).join("");
}

const lines = (count: number): string =>
  Array.from({ length: count }, (_, i) => `line ${i} ${"x".repeat(i % 90)}\n`).join("");

describe("rotateLog", () => {
  it("leaves a file below the limit alone", async () => {
    fs.writeFileSync(file, "short\n");
    expect(await rotateLog(file, { bytesMax: 7, kept: 2 })).toBe(false);
    expect(fs.readdirSync(folder)).toEqual(["gateway.log"]);
  });

  it("loses and tears no line that is written while it works, and the writer keeps its file", async () => {
    const open = fs.openSync(file, "a");
    const text = lines(1_000).split(/(?<=\n)/);
    const all: string[] = [];
    let writing = true;
    const writer = (async () => {
      while (writing) {
        for (let i = 0; i < 5; i += 1) {
          const line = `${all.length} ${text[all.length % text.length]}`;
          all.push(line);
          fs.writeSync(open, line);
        }
        await new Promise(setImmediate);
      }
    })();
    let rotations = 0;
    while (rotations < 5) if (await rotateLog(file, { bytesMax: 4_000, kept: 1_000 })) rotations += 1;
    writing = false;
    await writer;
    fs.closeSync(open);
    expect(everything()).toBe(all.join(""));
  });

  it("keeps as many older files as it is told, for their owner alone", async () => {
    for (const text of ["first", "second", "third", "fourth"]) {
      fs.writeFileSync(file, text);
      await rotateLog(file, { bytesMax: 1, kept: 2 });
    }
    expect(fs.readdirSync(folder).sort()).toEqual(["gateway.log", "gateway.log.1", "gateway.log.2"]);
    expect(everything()).toBe("thirdfourth");
    expect(fs.statSync(`${file}.1`).mode & 0o777).toBe(0o600);
  });

  it("leaves no half copy behind where it fails", async () => {
    fs.writeFileSync(file, "text\n");
    fs.mkdirSync(`${file}.1`);
    fs.writeFileSync(`${file}.1/in the way`, "");
    fs.mkdirSync(`${file}.2`);
    fs.writeFileSync(`${file}.2/too`, "");
    await expect(rotateLog(file, { bytesMax: 1, kept: 2 })).rejects.toThrow();
    expect(fs.readFileSync(file, "utf8")).toBe("text\n");
    expect(fs.existsSync(`${file}.new`)).toBe(false);
  });
});

describe("shiftLogs", () => {
  it("makes room for one more", () => {
    fs.writeFileSync(`${file}.1`, "one");
    fs.writeFileSync(`${file}.2`, "two");
    shiftLogs(file, 2);
    expect(fs.readdirSync(folder)).toEqual(["gateway.log.2"]);
    expect(fs.readFileSync(`${file}.2`, "utf8")).toBe("one");
  });
});

describe("a process with rotation", () => {
  it("keeps its own log short, whichever of its threads writes, and loses nothing", async () => {
    const program = `
      import { Worker } from "node:worker_threads";
      const write = (who) => new Promise((done) => {
        let n = 0;
        const turn = () => {
          for (let i = 0; i < 20; i += 1) process.stdout.write(who + " " + n++ + "\\n");
          if (n < 4000) setTimeout(turn, 1);
          else done();
        };
        turn();
      });
      const source = "const write = " + write + "; write('thread');";
      const worker = new Worker(source, { eval: true });
      await Promise.all([write("main"), new Promise((done) => worker.once("exit", done))]);`;
    const open = fs.openSync(file, "a");
    const rotation = withRotation(file, { bytesMax: 10_000, kept: 1_000 }, 5);
    const child = spawn(process.execPath, [...rotation, "--input-type=module", "-e", program], {
      stdio: ["ignore", open, "inherit"],
    });
    fs.closeSync(open);
    const [code] = await once(child, "exit");
    expect(code).toBe(0);
    const written = everything().trimEnd().split("\n");
    expect(fs.readdirSync(folder).length).toBeGreaterThan(2);
    for (const who of ["main", "thread"])
      expect(written.filter((line) => line.startsWith(who))).toEqual(
        Array.from({ length: 4_000 }, (_, n) => `${who} ${n}`),
      );
    expect(written.length).toBe(8_000);
  });
});
