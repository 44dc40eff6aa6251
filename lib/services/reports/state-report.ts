import { readTrustRoot } from "../../core/ledger/trust-root.ts";
import { lapsedWords } from "../../core/policies/acceptances-due.ts";
import { explainPolicy } from "../../core/policies/explain-policy.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import { registerNeeds } from "../../core/register/register-needs.ts";
import { type ComputedReport, isCovered } from "../../core/reports/computed-report.ts";
import { filterWords } from "../../core/reports/filter-words.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import { newestTrustRoot } from "../../db/ledger-trust-root.ts";
import { accountsAt } from "../../db/report-accounts.ts";
import { type KeyAt, keysAt } from "../../db/report-keys.ts";
import { packsBuiltBefore } from "../../db/report-packs.ts";
import { readRegisterAt } from "../register/read-register-at.ts";
import { attackers } from "./appendix-words.ts";
import { nameIn } from "./filter-of.ts";
import { fixedWords } from "./report-words.ts";
import { stateAppendices } from "./state-appendices.ts";
import { type CatalogInPack, stateCatalogs } from "./state-catalogs.ts";
import { stateExceptions } from "./state-exceptions.ts";
import { stateFindings, stateRecordFindings } from "./state-findings.ts";
import { statePins } from "./state-pins.ts";
import { stateReconciliation } from "./state-reconciliation.ts";
import { stateRegister } from "./state-register.ts";
import { stateRetention } from "./state-retention.ts";
import { applicationsAt, scopeOf, systemOf } from "./state-system.ts";
import type { PackSource, PolicyText } from "./with-pack-source.ts";

export type PolicyInPack = PolicyText & { readonly version: number; readonly sha256: string };

/**
 * The part of a report that people declared or the register holds. Nothing of it hangs on the hour of building: the
 * register is as it was at the end of the range.
 */
export async function stateReport(
  source: PackSource,
  computed: ComputedReport,
  {
    policies,
    catalogs,
    software,
  }: {
    readonly policies: readonly PolicyInPack[];
    /** The oldest first. */
    readonly catalogs: readonly CatalogInPack[];
    readonly software: string;
  },
): Promise<StatedReport> {
  const { tenant, range, question, sql } = source;
  const catalog = catalogs.at(-1)?.catalog ?? null;
  const simulated = tenant.mode === "simulated";
  const applications = await applicationsAt(sql, range.key, range.end);
  const items = await readRegisterAt(sql, tenant.id, { epoch: range.key.epoch, size: range.end });
  const inUse = { usedAfter: question.periodFrom, at: range.endHead.signedAt };
  const keys = await keysAt(sql, range.key, range.end, inUse);
  const accounts = await accountsAt(sql, range.key, range.end, question.periodFrom);
  const earlier = await packsBuiltBefore(sql, range.key, range.end, earlierMax);
  // Of every policy that was in force: what one of them allowed may have happened under it.
  const asked = policies.map(({ body }) => registerNeeds(parsePolicy(body)));
  const needs = {
    promisesRegion: asked.some(({ promisesRegion }) => promisesRegion),
    allowsTransfer: asked.some(({ allowsTransfer }) => allowsTransfer) || computed.transfers.count > 0,
  };
  const asOf = range.endHead.signedAt.toISOString();
  return {
    ...fixedWords,
    cover: {
      tenant: { id: tenant.id, slug: tenant.slug, name: tenant.name },
      simulated,
      title: "Where the calls went",
      as_of: asOf,
      software: { name: "Domicile", version: software },
      trust_root_sha256: null,
      classification: simulated ? "Simulated: no real call is in it" : "Confidential",
      nature: "A management evidence package, not an audit opinion.",
      supersedes: source.supersedes,
      // Said anew: what a schedule was told months ago may be worded otherwise.
      filter_words: filterWords(question.filter, nameIn(applications)),
    },
    criteria: {
      grades: fixedWords.criteria.grades,
      policies: policies.map(({ version, sha256, effectiveAt, preset, body }, i) => ({
        version,
        sha256,
        effective_at: effectiveAt.toISOString(),
        preset,
        words:
          catalog === null
            ? []
            : [
                ...explainPolicy(parsePolicy(body), catalog),
                ...lapsedWords(
                  parsePolicy(body),
                  dayUntil(policies[i + 1]?.effectiveAt, range.endHead.signedAt),
                ),
              ],
      })),
      catalogs: await stateCatalogs(catalogs),
    },
    scope: scopeOf(fixedWords.scope, items),
    system: { ...systemOf(computed, applications, items), retention: await stateRetention(source) },
    ...stateRegister(items, needs, asOf, computed.transfers, applications),
    findings: await stateFindings(sql, range.key, range.end, computed.findings.cases.rows, applications),
    record_findings: await stateRecordFindings(sql, range.key, {
      size: range.end,
      at: range.endHead.signedAt,
      projects: projectsIn(computed, keys),
    }),
    exceptions: await stateExceptions(source),
    reconciliation: stateReconciliation(accounts, keys),
    pins: statePins(keys),
    appendices: await stateAppendices(source, computed),
    integrity: {
      words: fixedWords.integrity.words,
      attackers,
      keys: await keysOf(range.origin, range.end),
      earlier_packs: earlier.map(({ id, end, from, to }) => ({
        id,
        end,
        from: from.toISOString(),
        to: to.toISOString(),
      })),
    },
  };
}

/** Projects that keys name, and those of which the report tells what the provider counted. */
function projectsIn({ provider_usage: usage }: ComputedReport, keys: readonly KeyAt[]): readonly string[] {
  const rows = isCovered(usage) ? [...usage.projects.rows, ...usage.earlier.rows] : [];
  return [
    ...new Set([...keys.flatMap(({ projectId }) => projectId ?? []), ...rows.map(({ project }) => project)]),
  ];
}

/** UTC day up to which a version was in force as far as the range tells: until the next one, or the range's end. */
function dayUntil(next: Date | undefined, end: Date): string {
  return (next !== undefined && next < end ? next : end).toISOString().slice(0, 10);
}

/** The newest so many are named. */
const earlierMax = 50;

/** Keys that count up to the end of the range, as the signer published them. */
async function keysOf(origin: string, end: number): Promise<StatedReport["integrity"]["keys"]> {
  const row = await newestTrustRoot();
  const log = row && readTrustRoot(row.document).logs.find((each) => each.origin === origin);
  return (log?.keys ?? [])
    .filter(({ from_size }) => from_size <= end)
    .map(({ vkey, role, status, to_size }) => ({
      vkey,
      role,
      status: status === "compromised" ? status : to_size !== null && to_size < end ? "retired" : "active",
    }));
}
