import { median, rounded } from "./samples.ts";
import { cpuUs } from "./usage.ts";
import { question, type Side, type World } from "./world.ts";

const connections = 32;

/**
 * Node goes on compiling what is hot for tens of thousands of calls, and a new PostgreSQL fills each file of its log with zeros
 * before it writes into it: each side has that behind it before it is measured.
 */
const warmUpMs = 15_000;

type Turn = {
  /** Answered per second of load. */
  readonly answered: number;
  /** Answered and recorded per second until the last of them was recorded; of a reference, answered per second. */
  readonly sustained: number;
  /** How long recording went on after the last answer. */
  readonly drainMs: number;
  /** Calls not recorded when the last answer came. */
  readonly backlog: number;
  /** Processor time per call: the proxy's own, the database's, and all of the turn. */
  readonly proxyUs: number;
  readonly databaseUs: number;
  readonly allUs: number;
};

/**
 * Requests per second at 32 connections, in turn. What counts of the product is sustained: the clock stops when the last
 * call is in the record, not when the last answer is out.
 */
export async function measureThroughput(world: World, given: { ms: number; rounds: number }) {
  const sides: Side[] = world.portkey ? ["bare", "domicile", "portkey"] : ["bare", "domicile"];
  const turns: Record<Side, Turn[]> = { bare: [], domicile: [], portkey: [] };
  for (const side of sides) await turn(world, side, Math.min(given.ms * 2, warmUpMs));
  await world.product.checkpoint();
  for (let round = 0; round < given.rounds; round++)
    for (const side of sides) turns[side].push(await turn(world, side, given.ms));
  const middle = (side: Side, what: keyof Turn): number => median(turns[side].map((each) => each[what]));
  const figures = Object.fromEntries(
    sides.map((side) => [
      side,
      {
        answeredPerS: Math.round(middle(side, "answered")),
        sustainedPerS: Math.round(middle(side, "sustained")),
        sustainedEach: turns[side].map(({ sustained }) => Math.round(sustained)),
        drainMs: Math.round(middle(side, "drainMs")),
        backlog: middle(side, "backlog"),
        proxyCpuUs: Math.round(middle(side, "proxyUs")),
        databaseCpuUs: Math.round(middle(side, "databaseUs")),
        allCpuUs: Math.round(middle(side, "allUs")),
      },
    ]),
  );
  for (const [side, figure] of Object.entries(figures))
    console.log(`${connections} connections, ${side}: ${JSON.stringify(figure)}`);
  const of = (side: Side): number => rounded(middle("domicile", "sustained") / middle(side, "sustained"));
  return {
    ratios: {
      throughput_vs_bare_proxy: of("bare"),
      // null: it could not be installed.
      throughput_vs_portkey: world.portkey ? of("portkey") : null,
    },
    ...figures,
    /** What the ratio would be if nothing else ran on the machine and all processors were used: of processor time alone. */
    cpuRatio: rounded(middle("bare", "allUs") / middle("domicile", "allUs")),
  };
}

async function turn(world: World, side: Side, ms: number): Promise<Turn> {
  const { product } = world;
  const proxy = side === "domicile" ? product.gateway.pid : (world[side]?.pid ?? 0);
  const used = () => ({
    proxy: cpuUs(proxy),
    database: side === "domicile" ? cpuUs(product.postgresPid, { children: true }) : 0,
    others: cpuUs(world.upstream.pid) + cpuUs(world.loadPid),
  });
  const before = used();
  const began = performance.now();
  const { calls, tookMs } = await world.load(side, { body: question, connections, ms });
  const answeredAt = performance.now();
  let backlog = 0;
  if (side === "domicile") {
    backlog = world.sent() - (await product.recorded());
    await product.recordedAll(world.sent());
  }
  const now = performance.now();
  const after = used();
  const per = (what: keyof typeof before): number => (after[what] - before[what]) / calls;
  return {
    answered: calls / (tookMs / 1_000),
    sustained: calls / ((side === "domicile" ? now - began : tookMs) / 1_000),
    drainMs: side === "domicile" ? now - answeredAt : 0,
    backlog,
    proxyUs: per("proxy"),
    databaseUs: per("database"),
    allUs: per("proxy") + per("database") + per("others"),
  };
}
