import type { BatchLineGroup } from "../../calls/batch-lines.ts";
import type { BodyReading, CallFacts, Said } from "../../calls/call-facts.ts";
import { type DeploymentFacts, type DeploymentSku, deploymentSkus } from "../../calls/deployment-facts.ts";
import type {
  NamedObject,
  ObjectBirth,
  ObjectKind,
  ObjectRef,
  UsedObject,
} from "../../calls/provider-object.ts";
import type { Pin, PinKind } from "../../policies/policy.ts";
import { listOf, text } from "./cut-codec.ts";
import { type FieldCodec, flag, integer, nullable, objectOf, oneOf, optional } from "./field-codec.ts";
import { gradeCodec } from "./judgement-codec.ts";
import { onceIfKept, onceIfRead } from "./kept-codec.ts";

const reading = oneOf<BodyReading>({ read: true, unread: true, none: true });

/** Not said: null. */
const said: FieldCodec<Said<boolean>> = {
  write: (value) => (value.said ? value.value : null),
  read: (value, place, cuts) =>
    value === null ? { said: false } : { said: true, value: flag.read(value, place, cuts) },
};

const names = listOf(text(64), { bytesMax: 450, itemBytesMax: 100 });
const country = nullable(text(2));

const objectKind = oneOf<ObjectKind>({
  file: true,
  upload: true,
  batch: true,
  fine_tuning_job: true,
  model: true,
  vector_store: true,
  response: true,
  chat_completion: true,
  conversation: true,
  item: true,
  prompt: true,
  container: true,
  assistant: true,
  thread: true,
});

const usedObject = objectOf<UsedObject>({
  kind: objectKind,
  id: text(128),
  birth: nullable(objectOf<ObjectBirth>({ region: text(32), grade: gradeCodec })),
});

/** What an answer names as kept by the provider. No step of the judgement reads it. */
export const namedObjects = listOf(
  objectOf<NamedObject>({
    kind: objectKind,
    id: text(128),
    bytes: nullable(integer),
    expiresAt: nullable(integer),
    madeBy: nullable(objectOf<ObjectRef>({ kind: objectKind, id: text(128) })),
  }),
  { bytesMax: 700, itemBytesMax: 450 },
);

const batchLines = objectOf<BatchLineGroup>({
  endpoint: nullable(text(128)),
  model: nullable(text(200)),
  features: names,
  count: integer,
});

const skus = Object.fromEntries(deploymentSkus.map((sku) => [sku, true])) as Record<DeploymentSku, true>;

/** Every fact that `judge` reads, under `facts_v` 4. What is added later needs a new number and a reader for both. */
export const factsCodec: FieldCodec<CallFacts> = onceIfRead(
  onceIfKept(
    objectOf<CallFacts>({
      operation: text(64),
      endpoint: nullable(text(128)),
      path: text(400),
      carriesContent: flag,
      requestBody: reading,
      responseBody: reading,
      modelRequested: nullable(text(200)),
      modelAnswered: nullable(text(200)),
      stream: flag,
      store: said,
      background: said,
      serviceTier: nullable(text(64)),
      featuresOffered: names,
      toolHosts: optional(names),
      unreadable: optional(names),
      storedStateRefs: optional(names),
      objectsUsed: optional(listOf(usedObject, { bytesMax: 1_200, itemBytesMax: 350 })),
      deployment: optional(
        objectOf<DeploymentFacts>({ name: nullable(text(64)), sku: nullable(oneOf<DeploymentSku>(skus)) }),
      ),
      batchLines: optional(listOf(batchLines, { bytesMax: 1_300, itemBytesMax: 1_000 })),
      attemptsKnown: optional(oneOf<"all" | "last_only">({ all: true, last_only: true })),
      featuresUsed: names,
      subjectCountry: country,
      relayCountry: country,
      simulated: flag,
    }),
  ),
);

/** Without the name of whoever attested it: that is committed to in the attestation's own event, and can be erased. */
export type PinEntry = Omit<Pin, "attestedBy">;

export const pinCodec: FieldCodec<PinEntry> = onceIfKept(
  objectOf<PinEntry>({
    kind: oneOf<PinKind>({ processing: true, storage_only: true, global: true, unknown: true }),
    region: nullable(text(32)),
    source: oneOf<Pin["source"]>({ admin_api: true, probe: true, attestation: true, none: true }),
    since: nullable(text(40)),
    projectId: optional(nullable(text(128))),
  }),
);
