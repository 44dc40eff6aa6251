import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { CostFigures } from "../../lib/contracts/usage.ts";
import { CostCell, UpliftCell } from "./cost-cell.tsx";
import { costText } from "./cost-words.ts";

afterEach(cleanup);

const whole: CostFigures = {
  usd: 4,
  upliftUsd: 0.2,
  pricedCalls: 2,
  unpricedCalls: 0,
  tokenlessCalls: 0,
  upliftUnknownCalls: 0,
};

it.each<[string, Partial<CostFigures>, [cost: string, uplift: string, words: string]]>([
  ["whole", {}, ["US$ 4.00", "US$ 0.20", "US$ 4.00"]],
  ["without calls that have no price", { unpricedCalls: 1 }, ["≥ US$ 4.00", "US$ 0.20", "at least US$ 4.00"]],
  [
    "without an uplift",
    { upliftUsd: 0, upliftUnknownCalls: 1 },
    ["≥ US$ 4.00", "unknown", "at least US$ 4.00"],
  ],
  [
    "without a part of the uplift",
    { upliftUnknownCalls: 1 },
    ["≥ US$ 4.00", "≥ US$ 0.20", "at least US$ 4.00"],
  ],
  [
    "of nothing known",
    { usd: 0, upliftUsd: 0, pricedCalls: 0, unpricedCalls: 1 },
    ["unknown", "–", "unknown"],
  ],
  ["of nothing sent", { usd: 0, upliftUsd: 0, pricedCalls: 0 }, ["–", "–", "nothing sent"]],
])("a sum %s is told as what it is, in the table and in words", (_, change, told) => {
  const cost = { ...whole, ...change };
  const text = (cell: React.ReactNode) => render(cell).container.textContent;
  const shown = [text(<CostCell cost={cost} />), text(<UpliftCell cost={cost} />), costText(cost)];
  expect(shown.map((each) => each?.replaceAll("\u202f", " "))).toEqual(told);
});
