import { expect, it } from "vitest";
import { formatUsd } from "./format-usd.ts";

it.each([
  [0, "US$ 0"],
  [0.00001, "< US$ 0.0001"],
  [0.00031, "US$ 0.0003"],
  [0.0031, "US$ 0.0031"],
  [0.15, "US$ 0.15"],
  [12.4, "US$ 12.40"],
  [1_234_567.891, "US$ 1 234 567.89"],
])("writes %s so that nothing known becomes nothing", (usd, text) => {
  expect(formatUsd(usd).replaceAll("\u202f", " ")).toBe(text);
});
