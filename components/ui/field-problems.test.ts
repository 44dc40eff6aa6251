import { expect, it } from "vitest";
import { z } from "zod";
import { fieldProblems } from "./field-problems.ts";

it("stands beside the field that is refused, in the form's own words where it has some", () => {
  const input = z.object({ name: z.string().min(1, "Too short."), limits: z.object({ perMinute: z.int() }) });
  const { error } = input.safeParse({ name: "", limits: { perMinute: 1.5 } });
  expect(error && fieldProblems(error, { "limits.perMinute": "Whole calls only." })).toEqual({
    name: "Too short.",
    "limits.perMinute": "Whole calls only.",
  });
});
