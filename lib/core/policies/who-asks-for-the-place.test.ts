import { expect, it } from "vitest";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { listedModel, preset } from "../testing/case.ts";
import { unknownPin } from "./policy.ts";
import { simulate } from "./simulate.ts";

const targetStep = (keyTarget: string, requestedTarget: string | null): string | undefined =>
  simulate({
    policy: preset("eea_ch").policy,
    catalog: openaiCatalog,
    keyTarget,
    requestedTarget,
    subjectCountry: null,
    endpoint: "/v1/chat/completions",
    model: listedModel,
    featuresOffered: [],
    store: { said: true, value: false },
    background: { said: false },
    serviceTier: null,
    pin: unknownPin,
    at: "2026-11-22T09:00:00.000Z",
    unreadable: [],
    storedStateRefs: [],
  }).steps.find(({ title }) => title === "Target")?.sentence;

it.each([
  ["policy", null, "Key and request leave the place to the policy."],
  ["eu", null, "The key asks for eu."],
  ["eu", "us", "The request itself asks for us; that goes before the target of the key."],
])("says who asked for the place: key %s, request %s", (key, request, sentence) => {
  expect(targetStep(key, request)).toBe(sentence);
});
