import type { RecordItemInput } from "../../lib/contracts/register.ts";
import { sha256Hex } from "../../lib/services/secrets/canonical-json.ts";

const dayMs = 86_400_000;

/**
 * The register of the demo's bank: most of it in order, an amendment close to its end, and no retention approval, so that
 * page and report have something to say. `end`: the demo's today, in milliseconds since 1970.
 */
export function registerOf(slug: string, end: number): readonly RecordItemInput[] {
  if (slug !== "nordbank-eu") return [];
  const day = (fromNow: number) => new Date(end + fromNow * dayMs).toISOString().slice(0, 10);
  const paper = (name: string) => ({ sha256: sha256Hex(`demo paper ${name}`), name, bytes: 184_320 });
  const item = (
    kind: RecordItemInput["kind"],
    fields: RecordItemInput["fields"],
    document: RecordItemInput["document"] = null,
  ): RecordItemInput => ({ tenant: slug, kind, fields, document });
  const review = { reviewDue: day(240), responsible: "Katrin Vogel, compliance" };
  return [
    item("organisation", {
      legalName: "Nordbank AG",
      country: "DE",
      role: "controller",
      financialEntity: "yes",
      securityContact: "Security desk",
      securityEmail: "security@nordbank.example",
      reviewDue: day(200),
    }),
    item("system_description", {
      purpose: "Drafts answers to loan applications and summarises documents for the loan desk.",
      dataFlow:
        "Staff enter a case; the application sends it through the gateway in Frankfurt to the provider's European host. The answer comes back the same way and is shown to staff alone.",
      subprocessors: "OpenAI Ireland Ltd, and its sub-processors as listed in the agreement.",
      keyCustody: "The provider key is encrypted in the gateway's store; two admins may replace it.",
      ...review,
    }),
    item(
      "processing_agreement",
      {
        counterparty: "OpenAI Ireland Ltd",
        counterpartyCountry: "IE",
        reference: "NB-DPA-2025-04",
        signedOn: day(-420),
        ...review,
      },
      paper("nb-dpa-2025-04.pdf"),
    ),
    item(
      "residency_amendment",
      {
        counterparty: "OpenAI Ireland Ltd",
        regions: "Europe (EEA and Switzerland)",
        scope: "The project of the loan desk.",
        reference: "NB-RES-2025-01",
        signedOn: day(-345),
        validTo: day(20),
        ...review,
      },
      paper("nb-res-2025-01.pdf"),
    ),
    item(
      "transfer_mechanism",
      {
        flow: "Support access of the provider's staff to account data",
        exporter: "OpenAI Ireland Ltd",
        exporterCountry: "IE",
        importer: "OpenAI, L.L.C.",
        importerCountry: "US",
        mechanism: "scc",
        sccModule: "3",
        assessmentReference: "NB-TIA-2025-02",
        signedOn: day(-420),
        ...review,
      },
      paper("nb-scc-2025-04.pdf"),
    ),
    item(
      "transfer_assessment",
      {
        reference: "NB-TIA-2025-02",
        importerCountry: "US",
        completedOn: day(-400),
        conclusion: "No content is stored in the third country; access is logged and rare.",
        ...review,
        reviewDue: day(-12),
      },
      paper("nb-tia-2025-02.pdf"),
    ),
    item("dora_arrangement", {
      arrangementReference: "NB-ICT-0117",
      functionId: "F-LOAN-02",
      serviceType: "S19",
      startOn: day(-420),
      governingLaw: "IE",
      provisionCountries: "IE",
      storesData: "yes",
      restCountries: "IE,DE",
      processingCountries: "IE,DE",
      sensitivity: "high",
      reliance: "low",
    }),
  ];
}
