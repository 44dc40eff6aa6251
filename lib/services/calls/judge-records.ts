import type { CallRecord, TimedAttempt } from "../../core/calls/call-record.ts";
import type { CallEntryInput } from "../../core/ledger/entries/call-body.ts";
import type { PolicyInForce } from "../../core/policies/policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { classifyHost } from "../../core/regions/classify-host.ts";
import { judgeCall } from "../../core/verdicts/judge.ts";
import type { FindingCause } from "../../core/verdicts/verdict.ts";
import { catalogOf, catalogSha256 } from "./catalog-of.ts";
import { policiesOf } from "./policies-of.ts";

/** A record with everything that follows from it, before it is written. */
export type JudgedCall = CallEntryInput & {
  /** As rollups say it: a code, `global`, `unknown`, or `none` where nothing was sent. */
  readonly regionDim: string;
  /** Reasons and standing causes, sorted, each once. */
  readonly causes: readonly FindingCause[];
  readonly regionOf: (host: string) => string | null;
};

/** Judges records of one tenant by the policy and catalog versions they name. Reads, never writes. */
export async function judgeRecords(tenantId: string, records: readonly CallRecord[]): Promise<JudgedCall[]> {
  const policies = await policiesOf(tenantId, records);
  const judged: JudgedCall[] = [];
  for (const record of records) {
    const catalog = await catalogOf(record.catalogVersion);
    const policy = record.policyVersion === null ? null : (policies.get(record.policyVersion) ?? null);
    if (record.policyVersion !== null && policy === null)
      throw new Error(`Call ${record.id} names policy version ${record.policyVersion}, which there is not.`);
    judged.push(judgeOne(record, policy, catalog));
  }
  return judged;
}

function judgeOne(record: CallRecord, policy: PolicyInForce | null, catalog: Catalog): JudgedCall {
  const { call, attempts } = judgeCall({
    facts: record.facts,
    attempts: record.attempts,
    policy,
    catalog,
    pin: record.pin,
    intendedRegion: record.intendedRegion,
    refusal: record.refusal,
    end: record.end,
    source: record.source,
  });
  const paired = record.attempts.map((facts, i) => {
    const judgement = attempts[i];
    if (!judgement) throw new Error("An attempt was not judged.");
    return { facts, judgement };
  });
  const deciding =
    paired.findLast(({ judgement }) => judgement.verdict === call.verdict) ?? paired.at(-1) ?? null;
  const customHosts = policy?.policy.customHosts ?? [];
  const regionOf = (host: string) => classifyHost(host, catalog, customHosts).region;
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
    causes: [...new Set<FindingCause>([...call.reasons, ...call.standing])].sort(),
    regionOf,
  };
}

/** `unknown` counts as sent: nobody may claim that nothing left. */
function somethingLeft(attempt: TimedAttempt): boolean {
  return attempt.progress !== "refused" && attempt.progress !== "not_sent";
}
