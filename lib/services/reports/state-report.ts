import { dataCategoryWords } from "../../core/findings/data-category.ts";
import { readTrustRoot } from "../../core/ledger/trust-root.ts";
import { explainPolicy } from "../../core/policies/explain-policy.ts";
import { parsePolicy } from "../../core/policies/parse-policy.ts";
import type { Catalog } from "../../core/regions/catalog.ts";
import { registerItemTitle, registerKinds } from "../../core/register/register-kinds.ts";
import { registerNeeds } from "../../core/register/register-needs.ts";
import { type RegisterNeeds, reviewRegister } from "../../core/register/review-register.ts";
import type { ComputedReport } from "../../core/reports/computed-report.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import { applicationsById, type DeclaredApplication } from "../../db/application.ts";
import { newestTrustRoot } from "../../db/ledger-trust-root.ts";
import { type RegisterItemAt, readRegisterAt } from "../register/read-register-at.ts";
import { fixedWords } from "./report-words.ts";
import type { PackSource, PolicyText } from "./with-pack-source.ts";

export type PolicyInPack = PolicyText & { readonly version: number; readonly sha256: string };

/**
 * The part of a report that people declared or the register holds. Nothing of it hangs on the hour of building: the
 * register is as it was at the end of the range.
 */
export async function stateReport(
  { tenant, range, question, sql }: PackSource,
  computed: ComputedReport,
  {
    policies,
    catalog,
    software,
  }: {
    readonly policies: readonly PolicyInPack[];
    readonly catalog: Catalog | null;
    readonly software: string;
  },
): Promise<StatedReport> {
  const simulated = tenant.mode === "simulated";
  const applications = await applicationsById(sql, [tenant.id]);
  const items = await readRegisterAt(sql, tenant.id, { epoch: range.key.epoch, size: range.end });
  const newest = policies.at(-1);
  const needs = newest
    ? registerNeeds(parsePolicy(newest.body))
    : { promisesRegion: false, allowsTransfer: false };
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
      supersedes: null,
      filter_words: question.filterWords,
    },
    criteria: {
      grades: fixedWords.criteria.grades,
      policies: policies.map(({ version, sha256, effectiveAt, preset, body }) => ({
        version,
        sha256,
        effective_at: effectiveAt.toISOString(),
        preset,
        words: catalog === null ? [] : explainPolicy(parsePolicy(body), catalog),
      })),
    },
    system: systemOf(computed, applications, items),
    register: registerOf(items, needs, asOf),
    article_30: articleOf(items),
    integrity: {
      words: fixedWords.integrity.words,
      keys: await keysOf(range.origin, range.end),
      earlier_packs: [],
    },
  };
}

/** Applications of the report's calls; all others have nothing to do with it. */
function systemOf(
  computed: ComputedReport,
  applications: ReadonlyMap<string, DeclaredApplication>,
  items: readonly RegisterItemAt[],
): StatedReport["system"] {
  const named = new Set(computed.results.applications.rows.map((row) => row.application_id));
  const described = items.find(
    ({ content }) => content.kind === "system_description" && content.state === "recorded",
  );
  const fields = described?.content.fields ?? {};
  const words = [fields.purpose, fields.dataFlow, fields.subprocessors, fields.keyCustody].filter(
    (text) => text !== undefined,
  );
  return {
    words: words.length > 0 ? words : ["No description of the system is in the register."],
    applications: [...applications.values()]
      .filter(({ id }) => named.has(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map(({ id, name, environment, purpose, dataCategory, owner }) => ({
        id,
        name,
        environment,
        purpose: purpose === "" ? null : purpose,
        data: dataCategoryWords[dataCategory],
        owner,
      })),
    retention: {
      not_covered: "The retention in force is not printed here. What was pruned is counted under population.",
    },
  };
}

function registerOf(
  items: readonly RegisterItemAt[],
  needs: RegisterNeeds,
  on: string,
): StatedReport["register"] {
  const field = (item: RegisterItemAt, ...names: string[]) =>
    names.map((name) => item.content.fields[name]).find((value) => value !== undefined) ?? null;
  return {
    entries: items
      .filter(({ content }) => content.state === "recorded")
      .map((item) => ({
        kind: registerKinds[item.content.kind].title,
        title: registerItemTitle(item.content.kind, item.content.fields),
        counterparty: field(item, "counterparty"),
        reference: field(item, "reference"),
        from: field(item, "validFrom", "signedOn"),
        until: field(item, "validTo"),
        document_sha256: item.content.document?.sha256 ?? null,
        responsible: field(item, "responsible"),
        note: null,
        entry: item.ledger?.index ?? null,
      })),
    missing: reviewRegister(items, needs, on).map(({ sentence }) => sentence),
  };
}

function articleOf(items: readonly RegisterItemAt[]): StatedReport["article_30"] {
  const recorded = items.filter(({ content }) => content.state === "recorded");
  const organisation = recorded.find(({ content }) => content.kind === "organisation");
  if (!organisation)
    return { not_covered: "The register names no organisation, so that nobody is named as exporter." };
  const mechanisms = recorded.filter(({ content }) => content.kind === "transfer_mechanism");
  return {
    exporter: organisation.content.fields.legalName ?? "not named",
    importers: mechanisms.map(({ content: { fields }, ledger }) => ({
      name: fields.importer ?? fields.counterparty ?? "not named",
      hosts: [],
      country: fields.importerCountry ?? fields.country ?? null,
      mechanism: fields.mechanism ?? null,
      module: fields.module ?? null,
      assessment: fields.assessment ?? null,
      measures: fields.measures ?? null,
      entry: ledger?.index ?? null,
    })),
    missing: mechanisms.length === 0 ? ["No transfer mechanism is in the register."] : [],
  };
}

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
