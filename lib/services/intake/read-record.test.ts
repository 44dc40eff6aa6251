import { expect, it } from "vitest";
import { readRecord } from "./read-record.ts";

const record = { clientId: "c-1", startedAt: "2026-11-29T10:00:00Z", host: "eu.api.openai.com" };

it.each([
  [{}, null, "clientId", "It is missing."],
  [{ ...record, startedAt: undefined }, "c-1", "startedAt", "It is missing."],
  [{ ...record, prompt: "secret" }, "c-1", "prompt", "A record has no such member. It was not read."],
  [
    { ...record, subjectCountry: "UK" },
    "c-1",
    "subjectCountry",
    "It is no code of a country (ISO 3166-1). The United Kingdom is GB.",
  ],
  [{ ...record, host: 7 }, "c-1", "host", "Invalid input: expected string, received number"],
])("says of %j which member is wrong, and no value", (value, clientId, field, message) => {
  expect(readRecord(value)).toEqual({ clientId, error: { code: "record_invalid", field, message } });
});

it("takes the code of a country as the gateway takes it, in either case", () => {
  expect(readRecord({ ...record, subjectCountry: "gb" })).toMatchObject({ report: { subjectCountry: "GB" } });
});

it("takes where it was relayed from whoever says so, and knows nothing of it otherwise", () => {
  expect(readRecord({ ...record, relayCountry: "de" })).toMatchObject({ report: { relayCountry: "DE" } });
  expect(readRecord(record)).toMatchObject({ report: { relayCountry: null } });
  expect(readRecord({ ...record, relayCountry: "EU" })).toMatchObject({ error: { field: "relayCountry" } });
});
