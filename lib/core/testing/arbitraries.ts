import fc from "fast-check";
import type { AttemptFacts, AttemptProgress } from "../calls/attempt-facts.ts";
import type { BatchLineGroup } from "../calls/batch-lines.ts";
import type { BodyReading, CallFacts, Said } from "../calls/call-facts.ts";
import { type DeploymentFacts, deploymentSkus } from "../calls/deployment-facts.ts";
import type { Grade } from "../calls/evidence.ts";
import type { UsedObject } from "../calls/provider-object.ts";
import type { Pin } from "../policies/policy.ts";
import { presets } from "../policies/presets.ts";
import { openaiCatalog } from "../regions/openai-catalog.ts";
import { chat, dialled, listedModel, preset } from "./case.ts";

/** Facts of every shape the record can hold, biased towards what nearly passes. */
const hosts = [
  ...openaiCatalog.hosts.map(({ host }) => host),
  "api.openai.eu",
  "eu2.api.openai.com",
  "llm.bank.example",
  "bank-se.openai.azure.com",
  "bank-global.openai.azure.com",
];

const said: fc.Arbitrary<Said<boolean>> = fc.oneof(
  fc.constant({ said: false } as const),
  fc.boolean().map((value) => ({ said: true, value }) as const),
);

/** Mostly the plain value, so that many cases fail in one thing alone or in nothing. */
function mostly<T>(usual: T, others: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 6, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: others });
}

const features = mostly<string[]>(
  [],
  fc.subarray([
    "web_search",
    "mcp",
    "file_upload",
    "inline_file",
    "image_generation",
    "structured_outputs",
    "extended_prompt_caching",
  ]),
);
const model = fc.oneof(
  fc.constantFrom(null, "gpt-4o", "gpt-5-pro", "gpt-6-astra", "gpt-6-astra-2026-10-01", "gpt-9"),
  fc.constant("ft:gpt-4o-2024-08-06:bank::x"),
  fc.constantFrom(...openaiCatalog.models.map(({ id }) => id)),
);

export const usedObjects: fc.Arbitrary<readonly UsedObject[]> = fc.array(
  fc.record({
    kind: fc.constantFrom("file", "response"),
    id: fc.constantFrom("file-1", "resp_1"),
    birth: fc.option(
      fc.record({
        region: fc.constantFrom("eu", "us", "global", "azure-se"),
        grade: fc.constantFrom<Grade[]>("C", "C", "D", "E"),
      }),
    ),
  }),
  { maxLength: 2 },
);

const lines: fc.Arbitrary<readonly BatchLineGroup[]> = fc.array(
  fc.record({
    endpoint: fc.constantFrom("/v1/chat/completions", "/v1/responses", "/v1/completions", null),
    model,
    features,
    count: fc.constant(1),
  }),
  { maxLength: 2 },
);

export const callFacts: fc.Arbitrary<CallFacts> = fc
  .record({
    endpoint: mostly<string | null>(
      "/v1/chat/completions",
      fc.constantFrom(null, "/v1/responses", ...openaiCatalog.endpoints.map(({ path }) => path)),
    ),
    carriesContent: mostly(true, fc.constant(false)),
    requestBody: mostly<BodyReading>("read", fc.constantFrom("unread", "none")),
    responseBody: mostly<BodyReading>("read", fc.constantFrom("unread", "none")),
    modelRequested: mostly<string | null>(listedModel, model),
    modelAnswered: mostly<string | null>(listedModel, model),
    store: said,
    background: said,
    serviceTier: fc.constantFrom(null, "auto", "default", "fast", "ultrafast"),
    featuresOffered: features,
    featuresUsed: features,
    unreadable: mostly<readonly string[] | undefined>([], fc.constantFrom(undefined, ["background"])),
    storedStateRefs: mostly<readonly string[] | undefined>([], fc.constantFrom(undefined, ["prompt"])),
    objectsUsed: mostly<readonly UsedObject[] | undefined>([], fc.option(usedObjects, { nil: undefined })),
    batchLines: mostly<readonly BatchLineGroup[] | undefined>(undefined, lines),
    deployment: mostly<DeploymentFacts | undefined>(
      undefined,
      fc.record({ name: fc.constantFrom("chat", null), sku: fc.constantFrom(null, ...deploymentSkus) }),
    ),
    attemptsKnown: mostly<"all" | "last_only" | undefined>("all", fc.constantFrom(undefined, "last_only")),
    subjectCountry: fc.constantFrom(null, "DE", "US"),
    relayCountry: fc.constantFrom(null, "DE", "US"),
  })
  .map((over) => chat(over));

export const attemptFacts: fc.Arbitrary<AttemptFacts> = fc
  .record({
    host: mostly<string>("eu.api.openai.com", fc.constantFrom(...hosts)),
    progress: mostly<AttemptProgress>("sent", fc.constantFrom("refused", "not_sent", "partial", "unknown")),
    status: mostly<number | null>(200, fc.constantFrom(null, 307, 400, 401, 404, 429, 500)),
    errorCode: fc.constantFrom(
      null,
      null,
      "incorrect_hostname",
      "model_not_found",
      "data_residency_mismatch",
    ),
    redirectHost: fc.constantFrom(null, null, null, "us.api.openai.com"),
    hostGrade: mostly<Grade>("C", fc.constantFrom("D", "E")),
    peerSeen: mostly(true, fc.constant(false)),
    edgeCode: fc.constantFrom(null, "FRA", "IAD", "XXX"),
    projectId: fc.constantFrom(null, "proj_1", "proj_2"),
    statedRegion: fc.constantFrom(null, "Sweden Central", "East US", "Atlantis"),
  })
  .map(({ peerSeen, edgeCode, projectId, statedRegion, ...over }) => {
    const attempt = dialled(over.host);
    return {
      ...attempt,
      ...over,
      peer: peerSeen ? attempt.peer : null,
      echo: { ...attempt.echo, edgeCode, projectId, statedRegion },
    };
  });

export const pins: fc.Arbitrary<Pin> = fc
  .record({
    kind: fc.constantFrom("processing", "processing", "storage_only", "global", "unknown"),
    region: mostly<string>("eu", fc.constantFrom("us", "ae", "in", "gb")),
    source: fc.constantFrom("admin_api", "probe", "attestation"),
    projectId: mostly<string | null | undefined>(undefined, fc.constantFrom(null, "proj_1")),
  })
  .map(({ kind, region, source, projectId }): Pin => {
    const bound = kind === "processing" || kind === "storage_only";
    return {
      kind: kind as Pin["kind"],
      region: bound ? region : null,
      source: kind === "unknown" ? "none" : (source as Pin["source"]),
      since: null,
      attestedBy: null,
      ...(projectId === undefined ? {} : { projectId }),
    };
  });

export const policies = fc
  .record({
    id: fc.oneof(
      fc.constantFrom("eea_ch" as const, "eea_ch_strict" as const),
      fc.constantFrom(...presets.map(({ id }) => id)),
    ),
    customHosts: fc.constantFrom([], ["llm.bank.example"]),
    requirePin: fc.boolean(),
  })
  .map(({ id, ...over }) => preset(id, over));
