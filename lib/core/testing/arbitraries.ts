import fc from "fast-check";
import type { AttemptFacts } from "../calls/attempt-facts.ts";
import type { CallFacts, Said } from "../calls/call-facts.ts";
import type { Pin } from "../policies/policy.ts";
import { presets } from "../policies/presets.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, preset } from "./case.ts";

/** Facts of every shape the record can hold, biased towards what nearly passes. */
const hosts = [
  ...openaiCatalog.hosts.map(({ host }) => host),
  "api.openai.eu",
  "eu2.api.openai.com",
  "llm.bank.example",
];

const said: fc.Arbitrary<Said<boolean>> = fc.oneof(
  fc.constant({ said: false } as const),
  fc.boolean().map((value) => ({ said: true, value }) as const),
);

const features = fc.subarray(["web_search", "mcp", "file_upload", "image_generation", "structured_outputs"]);
const model = fc.oneof(
  fc.constantFrom(null, "gpt-4o", "gpt-6-astra", "gpt-9", "ft:gpt-4o-2024-08-06:bank::x"),
  fc.constantFrom(...openaiCatalog.models.map(({ id }) => id)),
);

export const callFacts: fc.Arbitrary<CallFacts> = fc
  .record({
    endpoint: fc.oneof(
      fc.constant(null),
      fc.constantFrom(...openaiCatalog.endpoints.map(({ path }) => path)),
    ),
    carriesContent: fc.oneof(
      { weight: 9, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    requestBody: fc.constantFrom("read" as const, "unread" as const, "none" as const),
    responseBody: fc.constantFrom("read" as const, "unread" as const, "none" as const),
    modelRequested: model,
    modelAnswered: model,
    store: said,
    background: said,
    serviceTier: fc.constantFrom(null, "auto", "default", "fast", "ultrafast"),
    featuresOffered: features,
    featuresUsed: features,
    subjectCountry: fc.constantFrom(null, "DE", "US"),
    relayCountry: fc.constantFrom(null, "DE", "US"),
  })
  .map((over) => chat(over));

export const attemptFacts: fc.Arbitrary<AttemptFacts> = fc
  .record({
    host: fc.constantFrom(...hosts),
    progress: fc.constantFrom("refused", "not_sent", "partial", "sent", "sent", "sent", "unknown"),
    status: fc.constantFrom(null, 200, 200, 200, 307, 400, 401, 404, 429, 500),
    errorCode: fc.constantFrom(null, null, "incorrect_hostname", "model_not_found"),
    redirectHost: fc.constantFrom(null, null, null, "us.api.openai.com"),
    hostGrade: fc.constantFrom("C", "C", "C", "D", "E"),
    peerSeen: fc.oneof(
      { weight: 4, arbitrary: fc.constant(true) },
      { weight: 1, arbitrary: fc.constant(false) },
    ),
    edgeCode: fc.constantFrom(null, "FRA", "IAD", "XXX"),
  })
  .map(({ peerSeen, edgeCode, ...over }) => {
    const attempt = dialled(over.host);
    return {
      ...attempt,
      ...(over as Partial<AttemptFacts>),
      peer: peerSeen ? attempt.peer : null,
      echo: { ...attempt.echo, edgeCode },
    };
  });

export const pins: fc.Arbitrary<Pin> = fc
  .record({
    kind: fc.constantFrom("processing", "processing", "storage_only", "global", "unknown"),
    region: fc.constantFrom("eu", "us", "ae", "in", "gb"),
    source: fc.constantFrom("admin_api", "probe", "attestation"),
  })
  .map(({ kind, region, source }): Pin => {
    const bound = kind === "processing" || kind === "storage_only";
    return {
      kind: kind as Pin["kind"],
      region: bound ? region : null,
      source: kind === "unknown" ? "none" : (source as Pin["source"]),
      since: null,
      attestedBy: null,
    };
  });

export const policies = fc
  .record({
    id: fc.constantFrom(...presets.map(({ id }) => id)),
    customHosts: fc.constantFrom([], ["llm.bank.example"]),
    requirePin: fc.boolean(),
  })
  .map(({ id, ...over }) => preset(id, over));
