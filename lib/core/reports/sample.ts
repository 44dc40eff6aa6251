import { fromBase64, joinBytes, toHex, utf8Bytes } from "../ledger/bytes.ts";
import type { CryptoPort } from "../ledger/crypto-port.ts";
import type { Band } from "../verdicts/verdict.ts";
import type { ReportFrame } from "./report-frame.ts";

/** Calls per stratum, at most. A stratum is a band, or `none`. */
export const sampleSize = 25;

export type SampledCall = { readonly rank: string; readonly index: number; readonly call: string };

/** By stratum the calls of the lowest ranks, lowest first. */
export type Sample = Map<Band | "none", SampledCall[]>;

/**
 * SHA-256 over end root and report id. Nobody chooses it: the root is there before the report is asked for, and the id
 * follows from both.
 */
export function sampleSeed(crypto: CryptoPort, frame: Pick<ReportFrame, "endRoot" | "id">): Uint8Array {
  return crypto.sha256(joinBytes(fromBase64(frame.endRoot) ?? new Uint8Array(0), utf8Bytes(frame.id)));
}

/**
 * Draws while entries go by: each call has the rank SHA-256(seed ‖ its index in decimal), and of each band the lowest are
 * taken. Whoever has seed and entries draws the same.
 */
export function openSampler(crypto: CryptoPort, frame: ReportFrame, sample: Sample) {
  const input = new Uint8Array(32 + digitsMax);
  input.set(sampleSeed(crypto, frame));
  return {
    add(index: number, call: string, band: Band | null): void {
      const stratum = stratumOf(sample, band ?? "none");
      const digits = String(index);
      for (let i = 0; i < digits.length; i += 1) input[32 + i] = digits.charCodeAt(i);
      const hash = crypto.sha256(input.subarray(0, 32 + digits.length));
      // Most calls are not drawn, and their first byte says so.
      const last = stratum[sampleSize - 1];
      if (last !== undefined && (hash[0] ?? 0) > Number.parseInt(last.rank.slice(0, 2), 16)) return;
      take(stratum, { rank: toHex(hash.subarray(0, 16)), index, call });
    },
  };
}

/** Of an index within 2^53. */
const digitsMax = 16;

/** Puts what was drawn of later entries to the earlier: the lowest ranks of both. */
export function mergeSamples(into: Sample, next: Sample): void {
  for (const [band, calls] of next) {
    const stratum = stratumOf(into, band);
    for (const call of calls) take(stratum, call);
  }
}

function stratumOf(sample: Sample, band: Band | "none"): SampledCall[] {
  const known = sample.get(band);
  if (known !== undefined) return known;
  const stratum: SampledCall[] = [];
  sample.set(band, stratum);
  return stratum;
}

function take(stratum: SampledCall[], drawn: SampledCall): void {
  const last = stratum.at(-1);
  if (stratum.length === sampleSize && last !== undefined && drawn.rank >= last.rank) return;
  const at = stratum.findIndex(({ rank }) => rank > drawn.rank);
  stratum.splice(at < 0 ? stratum.length : at, 0, drawn);
  if (stratum.length > sampleSize) stratum.pop();
}
