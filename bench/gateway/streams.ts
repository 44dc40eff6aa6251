import { rounded, type Summary, summaryOf } from "./samples.ts";
import type { World } from "./world.ts";

const connections = 8;

/** A stream of so many pieces, one every so many milliseconds. */
export const streamed = (pieces: number, everyMs: number): string =>
  JSON.stringify({
    model: "gpt-5.5",
    stream: true,
    user: `${pieces}/${everyMs}`,
    messages: [{ role: "user", content: "Where does this sentence go, please?" }],
  });

type Streamed = { readonly firstByteMs: Summary; readonly lastPieceMs: Summary };

/**
 * Streams at 8 connections, in turn: from the request to the first byte of the body, and from the moment the upstream
 * wrote the last piece to the stream's end at the client. The second says whether the close delays the last byte.
 */
export async function measureStreams(world: World, given: { ms: number; rounds: number }) {
  const taken = {
    bare: { firstByteMs: [] as Float64Array[], lastPieceMs: [] as Float64Array[] },
    domicile: { firstByteMs: [] as Float64Array[], lastPieceMs: [] as Float64Array[] },
  };
  for (let round = 0; round < given.rounds; round++)
    for (const side of ["bare", "domicile"] as const) {
      const { firstByteMs, lastPieceMs } = await world.load(side, {
        body: streamed(10, 10),
        connections,
        ms: given.ms,
      });
      taken[side].firstByteMs.push(firstByteMs);
      taken[side].lastPieceMs.push(lastPieceMs);
      if (side === "domicile") await world.product.recordedAll(world.sent());
    }
  const of = (side: keyof typeof taken): Streamed => ({
    firstByteMs: summaryOf(taken[side].firstByteMs),
    lastPieceMs: summaryOf(taken[side].lastPieceMs),
  });
  const [bare, domicile] = [of("bare"), of("domicile")];
  const added = {
    firstByteP50Ms: rounded(domicile.firstByteMs.p50 - bare.firstByteMs.p50),
    firstByteP99Ms: rounded(domicile.firstByteMs.p99 - bare.firstByteMs.p99),
    lastPieceP50Ms: rounded(domicile.lastPieceMs.p50 - bare.lastPieceMs.p50),
    lastPieceP99Ms: rounded(domicile.lastPieceMs.p99 - bare.lastPieceMs.p99),
  };
  console.log(`Streams, bare: ${JSON.stringify(bare)}`);
  console.log(`Streams, domicile: ${JSON.stringify(domicile)}`);
  console.log(`Streams, added: ${JSON.stringify(added)}`);
  return { bare, domicile, added };
}
