export type Summary = {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly samples: number;
};

export function summaryOf(parts: readonly Float64Array[]): Summary {
  const samples = parts.reduce((sum, part) => sum + part.length, 0);
  const all = new Float64Array(samples);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  all.sort();
  const share = (of: number): number => rounded(all[Math.min(samples - 1, Math.floor(samples * of))] ?? 0);
  return { p50: share(0.5), p95: share(0.95), p99: share(0.99), samples };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

export const rounded = (value: number): number => Math.round(value * 100) / 100;
