import { expect, it } from "vitest";
import { accountOutcomes, restSeconds } from "./account-outcome.ts";

it("what may be over soon is tried again soon, and nothing more often than every fifteen seconds", () => {
  const rests = Object.fromEntries(accountOutcomes.map((outcome) => [outcome, restSeconds(outcome)]));
  expect(rests).toMatchObject({ ok: 3_600, key_refused: 3_600, too_many_requests: 3_600 });
  expect(rests).toMatchObject({ gateway_away: 15, unreachable: 600, provider_failed: 600 });
  expect(Math.min(...Object.values(rests))).toBe(15);
});
