import { render } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { ResourcesSentence } from "./resources-sentence.tsx";

const counts = [
  { kind: "file", born: "eu", resources: 5 },
  { kind: "response", born: "unknown", resources: 2 },
];
const said = (page: Parameters<typeof ResourcesSentence>[0]["page"]) =>
  render(<ResourcesSentence page={page} />).container.textContent;

describe("what the page of stored objects says", () => {
  it("counts what is not known to be deleted, and apart of it what is past its day", () => {
    expect(said({ counts, elsewhere: 1, past: 3 })).toBe(
      "Recorded calls made or named 7 objects that are not known to be deleted, 3 of them past the day until which the provider keeps such objects. 1 came to be at a host outside the policy in force now. Where 2 came to be was not recorded.",
    );
    expect(said({ counts: counts.slice(0, 1), elsewhere: 0, past: 0 })).toBe(
      "Recorded calls made or named 5 objects that are not known to be deleted. ",
    );
  });

  it("says so where all are past their day", () => {
    const words = "past the day until which the provider keeps such objects. ";
    const alone = counts.slice(0, 1).map((count) => ({ ...count, resources: 1 }));
    expect(said({ counts: alone, elsewhere: 0, past: 1 })).toBe(
      `Recorded calls made or named 1 object that is not known to be deleted, and is ${words}`,
    );
    expect(said({ counts: counts.slice(0, 1), elsewhere: 0, past: 5 })).toBe(
      `Recorded calls made or named 5 objects that are not known to be deleted, and are all ${words}`,
    );
  });

  it("says where there are none, and nothing before they are read", () => {
    expect(said({ counts: [], elsewhere: 0, past: 0 })).toBe(
      "No recorded call has made or named a stored object that is still kept.",
    );
    expect(said(undefined)).toBe("");
  });
});
