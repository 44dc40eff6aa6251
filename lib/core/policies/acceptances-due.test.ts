import { expect, it } from "vitest";
import { acceptancesDue, acceptanceWords, lapsedWords } from "./acceptances-due.ts";
import { policyFromPreset } from "./presets.ts";

const acceptance = {
  acceptedBy: "M. Roth",
  reason: "Named in the contract of the group.",
  reviewOn: "2027-03-15",
};
const usGlobal = policyFromPreset("us_global_accepted", {
  homeRegion: "us",
  enforcement: { mode: "block" },
  acceptance,
});
const atRest = policyFromPreset("at_rest_gb", {
  homeRegion: "gb",
  enforcement: { mode: "block" },
  acceptance,
});
const none = policyFromPreset("eea_ch", {
  homeRegion: "eu",
  enforcement: { mode: "block" },
  acceptance: null,
});

it.each([
  ["2027-02-28", "2027-03-14", []],
  ["2027-03-01", "2027-03-15", [false]],
  ["2027-03-15", "2027-03-29", [false]],
  ["2027-03-16", "2027-03-30", [true]],
])("on %s, told until %s: due %j", (today, soon, over) => {
  for (const policy of [usGlobal, atRest])
    expect(acceptancesDue(policy, today, soon).map(({ isOver }) => isOver)).toEqual(over);
  expect(acceptancesDue(none, today, soon)).toEqual([]);
});

it("says which acceptance it is, and whether its day has passed", () => {
  expect(acceptanceWords(acceptancesDue(usGlobal, "2027-03-10", "2027-03-24"))).toBe(
    "The acceptance that the global host promises no place is to be reviewed by 2027-03-15.",
  );
  expect(acceptanceWords(acceptancesDue(atRest, "2027-03-16", "2027-03-30"))).toBe(
    "The acceptance that inference runs elsewhere was to be reviewed by 2027-03-15; nobody renewed it.",
  );
});

it("says in a report that a policy was in force beyond the day, and of no other", () => {
  expect(lapsedWords(usGlobal, "2027-03-15")).toEqual([]);
  expect(lapsedWords(none, "2030-01-01")).toEqual([]);
  expect(lapsedWords(usGlobal, "2027-03-16")).toEqual([
    "The acceptance that the global host promises no place was to be reviewed by 2027-03-15; the policy was in force beyond that day, and nobody had renewed it.",
  ]);
});
