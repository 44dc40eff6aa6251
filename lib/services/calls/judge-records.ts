import { setImmediate as othersFirst } from "node:timers/promises";
import type { CallFacts } from "../../core/calls/call-facts.ts";
import type { CallRecord, TimedAttempt } from "../../core/calls/call-record.ts";
import type { ObjectBirth, ObjectRef } from "../../core/calls/provider-object.ts";
import type { CallEntryInput } from "../../core/ledger/entries/call-body.ts";
import { keepWritten } from "../../core/ledger/entries/kept-codec.ts";
import type { Pin, PolicyInForce } from "../../core/policies/policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { deployedHost } from "../../core/regions/deployed-host.ts";
import { type ResourceEvent, resourceEvents, tellsOfObjects } from "../../core/resources/resource-events.ts";
import { withBirths } from "../../core/resources/with-births.ts";
import { judgeCall } from "../../core/verdicts/judge.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { type Births, type KnownBirth, readBirths } from "../resources/births.ts";
import { createAlike, judgedPart } from "./alike.ts";
import { catalogOf, catalogSha256 } from "./catalog-of.ts";
import { policiesOf } from "./policies-of.ts";

/** A record with everything that follows from it, before it is written. */
export type JudgedCall = CallEntryInput & {
  /** As rollups say it: a code, `global`, `unknown`, or `none` where nothing was sent. */
  readonly regionDim: string;
  /** Reasons and standing causes, sorted, each once. */
  readonly causes: readonly FindingCause[];
  readonly regionOf: (host: string) => string | null;
  /** What the call tells of stored objects, each with its birth where that is known. */
  readonly resources: readonly { readonly event: ResourceEvent; readonly birth: KnownBirth | null }[];
};

/** So many are judged at one go. Whoever holds a tenant's lock on this thread goes on in between. */
const judgedAtOnce = 16;

/** Judges records of one tenant by the policy and catalog versions they name. Reads, never writes. */
export async function judgeRecords(tenantId: string, records: readonly CallRecord[]): Promise<JudgedCall[]> {
  const policies = await policiesOf(tenantId, records);
  const births = await readBirths(tenantId, records);
  const judged: JudgedCall[] = [];
  let catalog: Catalog | null = null;
  for (const [i, each] of records.entries()) {
    if (i > 0 && i % judgedAtOnce === 0) await othersFirst();
    const facts = usesObjects(each) ? withBirths(each.facts, birthOf(births)) : sameFacts(each.facts);
    const record = { ...each, facts, pin: samePin(each.pin) };
    if (catalog?.version !== record.catalogVersion) catalog = await catalogOf(record.catalogVersion);
    const policy = record.policyVersion === null ? null : (policies.get(record.policyVersion) ?? null);
    if (record.policyVersion !== null && policy === null)
      throw new Error(`Call ${record.id} names policy version ${record.policyVersion}, which there is not.`);
    judged.push(judgeOne(record, policy, catalog, births));
  }
  return judged;
}

type Judged = ReturnType<typeof judgeCall> & { readonly causes: readonly FindingCause[] };

/** Calls are many and alike: what was judged of one holds for every one that says the same. */
const sameFacts = createAlike<CallFacts>(2_000, 8 * 1024 * 1024);
const samePin = createAlike<Pin>(500, 1024 * 1024);
/** Of all facts together: providers say what they like, and each answer that differs is judged anew. */
const judgedMax = 10_000;
let judgedBefore = new WeakMap<CallFacts, Map<string, Judged>>();
let judgedCount = 0;

/** Such a call is like no other: it names them by their ids. */
function usesObjects({ facts }: CallRecord): boolean {
  return facts.objectsUsed !== undefined && facts.objectsUsed.length > 0;
}

function judgeAlike(record: CallRecord, policy: PolicyInForce | null, catalog: Catalog): Judged {
  if (usesObjects(record)) return judgeNow(record, policy, catalog);
  const known = judgedBefore.get(record.facts) ?? new Map<string, Judged>();
  judgedBefore.set(record.facts, known);
  const { intendedRegion, refusal, end, source, pin, attempts } = record;
  const by = [
    policy?.sha256,
    catalogSha256(catalog),
    catalog.version,
    intendedRegion,
    refusal,
    end,
    source,
    pin,
  ];
  const key = `${JSON.stringify(by)} ${attempts.map(judgedPart).join()}`;
  const before = known.get(key);
  if (before) return before;
  const judged = judgeNow(record, policy, catalog);
  keepWritten(judged.call.claims);
  if (judgedCount >= judgedMax) {
    judgedBefore = new WeakMap();
    judgedCount = 0;
  }
  known.set(key, judged);
  judgedCount += 1;
  return judged;
}

function judgeNow(record: CallRecord, policy: PolicyInForce | null, catalog: Catalog): Judged {
  const { facts, attempts, pin, intendedRegion, refusal, end, source } = record;
  const judged = judgeCall({ facts, attempts, policy, catalog, pin, intendedRegion, refusal, end, source });
  const { reasons, standing } = judged.call;
  return { ...judged, causes: [...new Set<FindingCause>([...reasons, ...standing])].sort() };
}

function judgeOne(
  record: CallRecord,
  policy: PolicyInForce | null,
  catalog: Catalog,
  births: Births,
): JudgedCall {
  const { call, attempts, causes } = judgeAlike(record, policy, catalog);
  const paired = record.attempts.map((facts, i) => {
    const judgement = attempts[i];
    if (!judgement) throw new Error("An attempt was not judged.");
    return { facts, judgement };
  });
  const deciding =
    paired.findLast(({ judgement }) => judgement.verdict === call.verdict) ?? paired.at(-1) ?? null;
  const customHosts = policy?.policy.customHosts ?? [];
  const { deployment } = record.facts;
  const regionOf = (host: string) =>
    deployedHost(classifyHost(host, catalog, customHosts), deployment, catalog).region;
  const servedRegion = deciding === null ? null : regionOf(deciding.facts.host);
  return {
    record,
    judgement: call,
    attempts: paired,
    deciding: deciding?.facts ?? null,
    servedRegion,
    policySha256: policy?.sha256 ?? null,
    catalogSha256: catalogSha256(catalog),
    regionDim: deciding !== null && somethingLeft(deciding.facts) ? (servedRegion ?? "unknown") : "none",
    causes,
    regionOf,
    ...tellResources(record, regionOf, births),
  };
}

/** The birth as `judge` reads it. */
function birthOf(births: Births): (object: ObjectRef) => ObjectBirth | null {
  return (object) => {
    const known = births.of(object);
    return known && { region: known.region, grade: known.grade };
  };
}

type Told = Pick<JudgedCall, "resources">;

function tellResources(record: CallRecord, regionOf: (host: string) => string | null, births: Births): Told {
  const answered = record.attempts.findLast(({ status }) => tellsOfObjects(status)) ?? null;
  if (answered === null) return { resources: [] };
  const events = resourceEvents({
    facts: record.facts,
    objectsNamed: record.objectsNamed ?? [],
    attempt: answered,
    servedRegion: regionOf(answered.host),
  });
  births.learn(events, answered.host);
  return {
    resources: events.map((event) => ({
      event,
      birth: event.event === "born" || event.event === "born_of" ? births.of(event) : null,
    })),
  };
}

/** `unknown` counts as sent: nobody may claim that nothing left. */
function somethingLeft(attempt: TimedAttempt): boolean {
  return attempt.progress !== "refused" && attempt.progress !== "not_sent";
}
