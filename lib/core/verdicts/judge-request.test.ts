import { describe, expect, it } from "vitest";
import { chat, dialled, judged, pinnedTo, preset, response } from "../testing/case.ts";

const eu = "eu.api.openai.com";
const us = "us.api.openai.com";
const europe = preset("eea_ch");

describe("a Responses call that uses what the provider keeps", () => {
  const stateless = { store: { said: true, value: false } } as const;
  const refs = ["conversation", "previous_response_id", "prompt", "item_reference", "file_id"];

  it.each(refs)("is not verifiable for its %s, though it says store: false", (ref) => {
    const facts = response({ ...stateless, storedStateRefs: [ref] });
    expect(judged({ policy: europe, facts, attempt: dialled(eu) })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["pin_unknown", "resource_birth_unknown"],
    });
    const pinned = judged({ policy: europe, facts, attempt: dialled(eu), pin: pinnedTo("eu") });
    expect(pinned).toMatchObject({ verdict: "unverifiable", reasons: ["resource_birth_unknown"] });
    for (const { claim, value } of pinned.claims) {
      if (claim === "storage" || claim === "handling") expect(value).toBe("undetermined");
    }
  });

  it("needs a pin where nobody looked for what it uses", () => {
    const facts = response({ ...stateless, storedStateRefs: undefined });
    expect(judged({ policy: europe, facts, attempt: dialled(eu) }).reasons).toEqual(["pin_unknown"]);
    expect(judged({ policy: europe, facts, attempt: dialled(eu), pin: pinnedTo("eu") }).verdict).toBe(
      "compliant",
    );
  });

  it("promises no place where the global host is accepted, and asks nothing where no place is", () => {
    const facts = response({ ...stateless, storedStateRefs: ["file_id"] });
    const accepted = { facts, attempt: dialled(us), pin: pinnedTo("us") };
    expect(judged({ policy: preset("us_global_accepted"), ...accepted })).toMatchObject({
      verdict: "compliant",
      band: "permitted",
    });
    expect(judged({ policy: preset("no_location_requirement"), ...accepted }).verdict).toBe("compliant");
  });
});

describe("a value that is there and could not be read", () => {
  it.each(["background", "store", "model", "service_tier", "tools", "input"])("%s clears nothing", (name) => {
    const facts = chat({ unreadable: [name] });
    expect(judged({ policy: europe, facts, attempt: dialled(eu), pin: pinnedTo("eu") })).toMatchObject({
      verdict: "unverifiable",
      reasons: ["content_path_not_observed"],
    });
    const accepted = {
      policy: preset("us_global_accepted"),
      facts,
      attempt: dialled(us),
      pin: pinnedTo("us"),
    };
    expect(judged(accepted).band).toBe("permitted");
  });
});
