import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { openAuthority } from "../lib/providers/simulated/authority.ts";
import type { BenchResult } from "./bench-result.ts";
import { measureLatency } from "./gateway/latency.ts";
import type { LoadOrder } from "./gateway/load.ts";
import { measureMemory } from "./gateway/memory.ts";
import { startPortkey } from "./gateway/portkey.ts";
import { forked, startLoadGenerator } from "./gateway/processes.ts";
import { startProduct, upstreamHost } from "./gateway/product.ts";
import { median, rounded } from "./gateway/samples.ts";
import { measureStreams } from "./gateway/streams.ts";
import { measureThroughput } from "./gateway/throughput.ts";
import type { Side, World } from "./gateway/world.ts";

/**
 * The gateway beside a bare proxy and beside Portkey's, each a process of its own before the same TLS upstream, in turn
 * within one run. Options: `--seconds` of one turn, `--rounds`, `--calls` and `--streams` of the measurement of memory.
 */
export async function measure(args: readonly string[]): Promise<BenchResult> {
  const { seconds, rounds, calls, streams } = optionsOf(args);
  const loadBefore = os.loadavg()[0] ?? 0;
  const folder = mkdtempSync(path.join(os.tmpdir(), "domicile-bench-upstream-"));
  const stops: (() => Promise<void>)[] = [async () => rmSync(folder, { recursive: true, force: true })];
  try {
    const world = await startWorld(folder, stops);
    const { product } = world;
    console.log(
      `Load of the machine before: ${rounded(loadBefore)}. ${os.availableParallelism()} processors.`,
    );
    console.log(
      "Entries are appended to the ledger with each call; the signer, a process of its own, does not run.",
    );
    const commitMs = await product.commits(200);
    const throughput = await measureThroughput(world, { ms: seconds * 1_000, rounds });
    commitMs.push(...(await product.commits(200)));
    const latency = await measureLatency(world, { ms: seconds * 1_000, rounds });
    commitMs.push(...(await product.commits(200)));
    const streamed = await measureStreams(world, { ms: seconds * 1_000, rounds });
    const memory = await measureMemory(world, { calls, streams });

    await product.recordedAll(world.sent());
    const counts = await product.counts();
    const whole = Object.values(counts).every((count) => count === world.sent());
    console.log(`Calls sent: ${world.sent()}. Rows of the record: ${JSON.stringify(counts)}.`);
    console.log(whole ? "Every call is recorded." : "NOT every call is recorded.");

    const commit = rounded(median(commitMs));
    const { bare, domicile } = latency;
    const added = { p50: rounded(domicile.p50 - bare.p50), p99: rounded(domicile.p99 - bare.p99) };
    console.log(`A one-row commit: ${commit} ms in the middle of ${commitMs.length}.`);
    console.log(
      `Added at 8 connections: ${added.p50} ms at p50, ${added.p99} ms at p99; without that commit ${rounded(added.p50 - commit)} and ${rounded(added.p99 - commit)} ms.`,
    );
    const { ratios, ...throughputFigures } = throughput;
    return {
      ratios: { ...ratios, added_p50_ms: added.p50, added_p99_ms: added.p99 },
      figures: {
        loadBefore: rounded(loadBefore),
        commitMs: commit,
        throughput: throughputFigures,
        latency,
        streams: streamed,
        memory,
        callsSent: world.sent(),
        counts,
        everyCallRecorded: whole,
      },
    };
  } finally {
    for (const stop of stops.reverse()) await stop().catch((error: unknown) => console.error(String(error)));
  }
}

async function startWorld(folder: string, stops: (() => Promise<void>)[]): Promise<World> {
  const started = <T extends { stop(): Promise<void> }>(one: T): T => {
    stops.push(() => one.stop());
    return one;
  };
  const authority = await openAuthority(folder, [upstreamHost, "localhost"]);
  const files = [upstreamHost, "localhost"].flatMap((name) => {
    const pair = authority.hosts[name];
    if (!pair) throw new Error(`There is no certificate for ${name}.`);
    const [cert, key] = [path.join(folder, `${name}.pem`), path.join(folder, `${name}.key`)];
    writeFileSync(cert, pair.certificate, { mode: 0o600 });
    writeFileSync(key, pair.key, { mode: 0o600 });
    return [cert, key, name];
  });
  const upstream = started(await forked("upstream-main.ts", files));
  const bare = started(await forked("bare-proxy-main.ts", [authority.caFile, String(upstream.port)]));
  const load = started(await startLoadGenerator());
  const portkey = await startPortkey(authority.caFile);
  if (portkey) started(portkey);
  const product = started(await startProduct(upstream.port, authority.caFile));
  let sent = 0;
  return {
    upstream,
    bare,
    portkey,
    product,
    load: async (side, order) => {
      const result = await load.run({ ...order, ...targetOf(side) });
      if (side === "domicile") sent += result.calls;
      if (result.errors > 0)
        throw new Error(`${side}: ${result.errors} of ${result.calls} calls failed: ${result.firstError}`);
      return result;
    },
    loadPid: load.pid,
    sent: () => sent,
  };

  function targetOf(side: Side): Pick<LoadOrder, "port" | "headers"> {
    if (side === "bare") return { port: bare.port, headers: {} };
    if (side === "domicile")
      return { port: product.gateway.port, headers: { authorization: `Bearer ${product.key}` } };
    if (!portkey) throw new Error("Portkey's gateway is not there.");
    return {
      port: portkey.port,
      headers: {
        authorization: "Bearer sk-sim-eu-bench",
        "x-portkey-provider": "openai",
        "x-portkey-custom-host": `https://localhost:${upstream.port}/v1`,
      },
    };
  }
}

function optionsOf(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: "string", default: "8" },
      rounds: { type: "string", default: "4" },
      calls: { type: "string", default: "200000" },
      streams: { type: "string", default: "500" },
    },
  });
  const number = (name: keyof typeof values): number => {
    const value = Number(values[name]);
    if (!(value >= 0)) throw new Error(`--${name} wants a number.`);
    return value;
  };
  return {
    seconds: number("seconds"),
    rounds: number("rounds"),
    calls: number("calls"),
    streams: number("streams"),
  };
}
