import { doraFields } from "../../core/register/dora-fields.ts";
import type { RegisterContent, RegisterKind } from "../../core/register/register.ts";
import { registerItemTitle, registerKinds } from "../../core/register/register-kinds.ts";
import { type RegisterNeeds, reviewRegister } from "../../core/register/review-register.ts";
import type { ComputedReport } from "../../core/reports/computed-report.ts";
import type { StatedReport } from "../../core/reports/report.ts";
import type { DeclaredApplication } from "../../db/application.ts";
import type { RegisterItemAt } from "../register/read-register-at.ts";

/** What a report prints of the register, in the register's own words. `items` as it stood at the end of the range. */
export function stateRegister(
  items: readonly RegisterItemAt[],
  needs: RegisterNeeds,
  on: string,
  transfers: ComputedReport["transfers"],
  applications: ReadonlyMap<string, Pick<DeclaredApplication, "name">>,
): Pick<StatedReport, "register" | "article_30" | "dora"> {
  const recorded = items.filter(({ content }) => content.state === "recorded");
  return {
    register: {
      entries: recorded.map(({ content, ledger }) => ({
        kind: registerKinds[content.kind].title,
        title: registerItemTitle(content.kind, content.fields),
        counterparty: first(content, "counterparty", "importer"),
        reference: first(
          content,
          "reference",
          "assessmentReference",
          "arrangementReference",
          "adequacyDecision",
        ),
        from: first(content, "validFrom", "signedOn", "startOn", "completedOn"),
        until: first(content, "validTo", "endOn"),
        document_sha256: content.document?.sha256 ?? null,
        responsible: first(content, "responsible"),
        note: noteOf(content),
        entry: ledger?.index ?? null,
      })),
      missing: reviewRegister(items, needs, on).map(({ sentence }) => sentence),
    },
    article_30: articleOf(recorded, transfers, applications),
    dora: doraOf(recorded),
  };
}

/** The organisation as the register names it, where it does. */
export function organisationOf(items: readonly RegisterItemAt[]): RegisterContent | null {
  return ofKind(items, "organisation")[0]?.content ?? null;
}

/** What a field holds, in the words that its choices are shown in; null where it is empty. */
export function wordOf({ kind, fields }: RegisterContent, key: string): string | null {
  const value = fields[key];
  if (value === undefined) return null;
  const field = registerKinds[kind].fields.find((each) => each.key === key);
  return field?.choices?.find((choice) => choice.value === value)?.label ?? value;
}

function articleOf(
  items: readonly RegisterItemAt[],
  transfers: ComputedReport["transfers"],
  applications: ReadonlyMap<string, Pick<DeclaredApplication, "name">>,
): StatedReport["article_30"] {
  const organisation = organisationOf(items);
  const mechanisms = ofKind(items, "transfer_mechanism");
  const facts = ["country", "registration", "lei", "role", "privacyContact", "securityContact"].flatMap(
    (key) => {
      const said = organisation && wordOf(organisation, key);
      const what = registerKinds.organisation.fields.find((field) => field.key === key)?.label ?? key;
      return said === null ? [] : [{ what, said }];
    },
  );
  return {
    exporter: organisation?.fields.legalName ?? "not named",
    facts,
    importers: mechanisms.map(({ content, ledger }) => ({
      name: content.fields.importer ?? "not named",
      flow: content.fields.flow ?? null,
      country: content.fields.importerCountry ?? null,
      mechanism: mechanismOf(content),
      module: wordOf(content, "sccModule"),
      assessment: content.fields.assessmentReference ?? null,
      measures: content.fields.supplementaryMeasures ?? null,
      entry: ledger?.index ?? null,
    })),
    missing: [
      ...(organisation === null
        ? ["The register names no organisation, so that nobody is named as exporter."]
        : []),
      ...flowsWithoutMechanism(mechanisms, transfers, (id) => applications.get(id)?.name ?? id),
    ],
  };
}

const flowsNamed = 20;

/**
 * Which flows no mechanism of the register speaks for, by the countries it names. Whether a mechanism covers a flow whose
 * countries nobody knows is for a person to say.
 */
function flowsWithoutMechanism(
  mechanisms: readonly RegisterItemAt[],
  transfers: ComputedReport["transfers"],
  nameOf: (applicationId: string) => string,
): string[] {
  const named = new Set(mechanisms.map(({ content }) => content.fields.importerCountry));
  const open = new Set<string>();
  let lacksCountry = false;
  for (const { application_id, host, third_countries } of transfers.rows) {
    const flow = `${nameOf(application_id)} to ${host}`;
    if (third_countries === "undetermined")
      open.add(
        mechanisms.length === 0
          ? `${flow}: no country can be ruled out, and no transfer mechanism is in the register.`
          : `${flow}: no country can be ruled out; whether a mechanism of the register covers it is for a person to say.`,
      );
    else {
      const without = third_countries.filter((country) => !named.has(country));
      if (without.length === 0) continue;
      lacksCountry = true;
      open.add(`${flow}: no transfer mechanism for ${without.join(", ")}.`);
    }
  }
  const sentences = [...open].slice(0, flowsNamed);
  if (open.size > flowsNamed || transfers.count > transfers.rows.length)
    sentences.push("And more flows, which stand in the transfers register.");
  if (lacksCountry)
    sentences.push(
      "An adequacy decision (Art. 45) is a mechanism, too: once it is recorded in the register, it stands for its country.",
    );
  return sentences;
}

function mechanismOf(content: RegisterContent): string | null {
  const parts = [
    wordOf(content, "mechanism"),
    first(content, "adequacyDecision"),
    first(content, "derogation"),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(": ");
}

function doraOf(items: readonly RegisterItemAt[]): StatedReport["dora"] {
  const arrangements = ofKind(items, "dora_arrangement");
  if (arrangements.length === 0) {
    const isFinancial = organisationOf(items)?.fields.financialEntity === "yes";
    return {
      not_covered: isFinancial
        ? "The organisation is a financial entity under DORA, and no arrangement is in the register."
        : "No arrangement is in the register, and the organisation is not stated to be a financial entity under DORA.",
    };
  }
  return arrangements.map(({ content, ledger }) => ({
    columns: doraFields.map(({ key, label, dora = "" }) => ({
      number: dora,
      label,
      said: wordOf(content, key),
    })),
    entry: ledger?.index ?? null,
  }));
}

/** What the kind is looked up for, in a word. */
function noteOf(content: RegisterContent): string | null {
  switch (content.kind) {
    case "transfer_mechanism":
      return mechanismOf(content);
    case "residency_amendment":
      return first(content, "regions");
    case "retention_approval":
      return wordOf(content, "approval");
    case "transfer_assessment":
      return first(content, "conclusion");
    default:
      return null;
  }
}

function ofKind(items: readonly RegisterItemAt[], kind: RegisterKind): RegisterItemAt[] {
  return items.filter(({ content }) => content.kind === kind && content.state === "recorded");
}

function first({ fields }: RegisterContent, ...names: string[]): string | null {
  return names.map((name) => fields[name]).find((value) => value !== undefined) ?? null;
}
