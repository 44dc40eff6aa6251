import { streamed } from "./streams.ts";
import { rssMb } from "./usage.ts";
import { question, type World } from "./world.ts";

/** Resident memory of the gateway over many calls, and with many slow streams at once. */
export async function measureMemory(world: World, given: { calls: number; streams: number }) {
  const { pid } = world.product.gateway;
  const calls = given.calls > 0 ? await overCalls(world, pid, given.calls) : null;
  const streams = given.streams > 0 ? await overStreams(world, pid, given.streams) : null;
  return { calls, streams };
}

async function overCalls(world: World, pid: number, calls: number) {
  const curve: { recorded: number; rssMb: number }[] = [];
  const before = await world.product.recorded();
  const sample = async (): Promise<void> => {
    curve.push({ recorded: (await world.product.recorded()) - before, rssMb: rssMb(pid) });
  };
  await sample();
  const timer = setInterval(() => void sample(), 1_000);
  const began = performance.now();
  const { calls: sent } = await world.load("domicile", {
    body: question,
    connections: 32,
    ms: 600_000,
    callsMax: calls,
  });
  await world.product.recordedAll(world.sent());
  const perS = Math.round(sent / ((performance.now() - began) / 1_000));
  clearInterval(timer);
  await sample();
  const highest = (from: number, to: number): number =>
    Math.max(
      0,
      ...curve
        .filter(({ recorded }) => recorded >= sent * from && recorded <= sent * to)
        .map((one) => one.rssMb),
    );
  const quarters = [0, 0.25, 0.5, 0.75].map((from) => highest(from, from + 0.25));
  console.log(
    `Memory over ${sent} calls (${perS}/s until recorded): highest MiB by quarter ${quarters.join(", ")}`,
  );
  const thinned = curve.filter((_, i) => i % Math.ceil(curve.length / 20) === 0);
  return { calls: sent, sustainedPerS: perS, highestMbByQuarter: quarters, curve: thinned };
}

/** Each stream takes ten seconds, and its reader takes a few bytes at a time. */
async function overStreams(world: World, pid: number, streams: number) {
  const before = rssMb(pid);
  let highest = before;
  const timer = setInterval(() => {
    highest = Math.max(highest, rssMb(pid));
  }, 250);
  await world.load("domicile", {
    body: streamed(40, 250),
    connections: streams,
    ms: 60_000,
    callsMax: streams,
    readBytesPerS: 2_048,
  });
  clearInterval(timer);
  await world.product.recordedAll(world.sent());
  const after = rssMb(pid);
  console.log(
    `Memory with ${streams} slow streams at once: ${before} MiB before, ${highest} at most, ${after} after`,
  );
  return { streams, beforeMb: before, highestMb: highest, afterMb: after };
}
