import { type Summary, summaryOf } from "./samples.ts";
import { question, type World } from "./world.ts";

const connections = 8;

/** Milliseconds from request to last byte at 8 connections, in turn. */
export async function measureLatency(
  world: World,
  given: { ms: number; rounds: number },
): Promise<{ readonly bare: Summary; readonly domicile: Summary }> {
  const taken = { bare: [] as Float64Array[], domicile: [] as Float64Array[] };
  for (let round = 0; round < given.rounds; round++)
    for (const side of ["bare", "domicile"] as const) {
      const { latencyMs } = await world.load(side, { body: question, connections, ms: given.ms });
      taken[side].push(latencyMs);
      if (side === "domicile") await world.product.recordedAll(world.sent());
    }
  const [bare, domicile] = [summaryOf(taken.bare), summaryOf(taken.domicile)];
  console.log(`${connections} connections, bare: ${JSON.stringify(bare)} ms`);
  console.log(`${connections} connections, domicile: ${JSON.stringify(domicile)} ms`);
  return { bare, domicile };
}
