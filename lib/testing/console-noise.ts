import { format } from "node:util";
import { afterEach, beforeEach } from "vitest";

const loud = ["error", "warn"] as const;
const heard: string[] = [];

/** Setup file of every test: what is written to console.error or console.warn fails the test that caused it. */
for (const method of loud) {
  console[method] = (...args: unknown[]) => {
    heard.push(`console.${method}: ${format(...args)}`);
  };
}

beforeEach(() => {
  heard.length = 0;
});

afterEach(() => {
  const noise = heard.splice(0);
  if (noise.length > 0) throw new Error(`This test made noise:\n${noise.join("\n")}`);
});
