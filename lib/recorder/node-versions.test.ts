import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type SimulatedProvider, startSimulatedProvider } from "../providers/simulated/server.ts";
import { startCollector } from "./testing/collector.ts";

let home: string;
let provider: SimulatedProvider;

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-recorder-node-"));
  provider = await startSimulatedProvider({ home });
});

afterAll(async () => {
  await provider.stop();
  rmSync(home, { recursive: true });
});

const child = fileURLToPath(new URL("./testing/child.mjs", import.meta.url));

/** This one, and the machine's own where it has another. */
const nodes = [process.execPath, "/usr/bin/node"].filter(
  (node, at) => at === 0 || (existsSync(node) && node !== process.execPath),
);

it.each(nodes)(
  "under %s the global fetch is recorded with its socket, and the rest goes out as the program ends",
  async (node) => {
    const collector = await startCollector();
    const { stdout } = await promisify(execFile)(node, [child, collector.url, String(provider.port)], {
      env: { ...process.env, NODE_EXTRA_CA_CERTS: provider.caFile },
    });
    const records = await collector.taken(2);
    await collector.stop();
    expect(records).toHaveLength(2);
    expect(records[0]).toMatchObject({ responseId: stdout, answerRead: true });
    for (const record of records) {
      expect(record).toMatchObject({
        host: `eu.api.openai.com:${provider.port}`,
        hostSource: "log",
        status: 200,
        socket: { address: "127.0.0.1", tlsName: "eu.api.openai.com", tlsVerified: true },
      });
      expect(record.socket?.peerKeySha256).toMatch(/^[0-9a-f]{64}$/);
    }
    expect(records[1]).toMatchObject({ stream: true, answerRead: true });
  },
);
