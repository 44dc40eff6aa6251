import {
  counterparty,
  reference,
  responsible,
  reviewDue,
  signedOn,
  validity,
  yesOrNo,
} from "./common-fields.ts";
import { doraFields } from "./dora-fields.ts";
import type { RegisterKind } from "./register.ts";
import type { RegisterField } from "./register-field.ts";

export type RegisterKindSpec = {
  readonly title: string;
  /** What it is, in a sentence of the page and of the report. */
  readonly says: string;
  /** A tenant has one. */
  readonly isSingle: boolean;
  /** A hash of the paper is asked for. */
  readonly hasDocument: boolean;
  readonly fields: readonly RegisterField[];
};

const assessedBy = ["scc", "bcr"];

/** Every kind with its fields, in the order of the page and of the report. */
export const registerKinds: Readonly<Record<RegisterKind, RegisterKindSpec>> = {
  organisation: {
    title: "Organisation",
    says: "Who this tenant is in law, in which role it processes, and whom to call.",
    isSingle: true,
    hasDocument: false,
    fields: [
      { key: "legalName", label: "Legal name", type: "line", needed: true },
      { key: "country", label: "Country", type: "country", needed: true },
      { key: "registration", label: "Registration number", type: "line" },
      { key: "lei", label: "LEI", type: "lei" },
      {
        key: "role",
        label: "Role",
        hint: "Under the GDPR, for the personal data in these calls.",
        type: "choice",
        choices: [
          { value: "controller", label: "Controller" },
          { value: "joint_controller", label: "Joint controller" },
          { value: "processor", label: "Processor" },
          { value: "controller_and_processor", label: "Controller for some, processor for others" },
        ],
        needed: true,
      },
      {
        key: "financialEntity",
        label: "Financial entity under DORA",
        hint: "Then the register of information is expected as well.",
        type: "choice",
        choices: yesOrNo,
        needed: true,
      },
      { key: "securityContact", label: "Security contact", type: "line", needed: true },
      { key: "securityEmail", label: "E-mail of the security contact", type: "email", needed: true },
      { key: "privacyContact", label: "Data protection officer", type: "line" },
      reviewDue(),
    ],
  },
  system_description: {
    title: "System description",
    says: "What the system does, which way the data takes, and who holds the keys: part 5 of the report.",
    isSingle: true,
    hasDocument: false,
    fields: [
      { key: "purpose", label: "What the system does", type: "prose", needed: true },
      {
        key: "dataFlow",
        label: "The way of the data",
        hint: "From the end user to the provider and back; where it leaves your network.",
        type: "prose",
        needed: true,
      },
      { key: "subprocessors", label: "Sub-processors", type: "prose", needed: true },
      { key: "keyCustody", label: "Custody of keys", type: "prose", needed: true },
      { key: "outOfScope", label: "What is not covered", type: "prose" },
      responsible(),
      reviewDue(),
    ],
  },
  processing_agreement: {
    title: "Data-processing agreement",
    says: "The contract with a processor under Article 28 of the GDPR.",
    isSingle: false,
    hasDocument: true,
    fields: [
      counterparty(),
      { key: "counterpartyCountry", label: "Country of the counterparty", type: "country", needed: true },
      reference(),
      signedOn(),
      ...validity(),
      responsible(),
    ],
  },
  residency_amendment: {
    title: "Residency amendment",
    says: "The provider's promise of a region, as agreed in writing.",
    isSingle: false,
    hasDocument: true,
    fields: [
      counterparty(),
      { key: "regions", label: "Regions promised", type: "line", needed: true },
      {
        key: "scope",
        label: "What it covers",
        hint: "Organisation or projects, by name or id.",
        type: "prose",
        needed: true,
      },
      reference(),
      signedOn(),
      ...validity(),
      responsible(),
    ],
  },
  retention_approval: {
    title: "Retention approval",
    says: "The provider's approval of zero or modified retention for abuse monitoring.",
    isSingle: false,
    hasDocument: true,
    fields: [
      counterparty({ label: "Approved by", hint: "Legal name of the provider." }),
      {
        key: "approval",
        label: "Approved control",
        type: "choice",
        choices: [
          { value: "zero_data_retention", label: "Zero data retention" },
          { value: "modified_abuse_monitoring", label: "Modified abuse monitoring" },
          { value: "enhanced_zero_data_retention", label: "Enhanced zero data retention" },
          { value: "enhanced_modified_abuse_monitoring", label: "Enhanced modified abuse monitoring" },
        ],
        needed: true,
      },
      { key: "scope", label: "What it covers", type: "prose", needed: true },
      reference(),
      signedOn({ label: "Approved on" }),
      ...validity(),
      responsible(),
    ],
  },
  transfer_mechanism: {
    title: "Transfer mechanism",
    says: "What a flow to a third country rests on: Chapter V of the GDPR.",
    isSingle: false,
    hasDocument: true,
    fields: [
      { key: "flow", label: "Flow", hint: "Which data, for which purpose.", type: "line", needed: true },
      { key: "exporter", label: "Exporter", hint: "Legal name.", type: "line", needed: true },
      { key: "exporterCountry", label: "Country of the exporter", type: "country", needed: true },
      { key: "importer", label: "Importer", hint: "Legal name.", type: "line", needed: true },
      { key: "importerCountry", label: "Country of the importer", type: "country", needed: true },
      {
        key: "mechanism",
        label: "Mechanism",
        type: "choice",
        choices: [
          { value: "adequacy", label: "Adequacy decision (Art. 45)" },
          { value: "scc", label: "Standard contractual clauses (Art. 46(2)(c))" },
          { value: "bcr", label: "Binding corporate rules (Art. 47)" },
          { value: "derogation", label: "Derogation (Art. 49)" },
        ],
        needed: true,
      },
      {
        key: "adequacyDecision",
        label: "Adequacy decision",
        hint: "Its number, such as (EU) 2023/1795, and the importer's entry where it needs one.",
        type: "line",
        needed: { field: "mechanism", is: ["adequacy"] },
      },
      {
        key: "sccModule",
        label: "Module of the clauses",
        type: "choice",
        choices: [
          { value: "1", label: "1: controller to controller" },
          { value: "2", label: "2: controller to processor" },
          { value: "3", label: "3: processor to processor" },
          { value: "4", label: "4: processor to controller" },
        ],
        needed: { field: "mechanism", is: ["scc"] },
      },
      {
        key: "derogation",
        label: "Ground of the derogation",
        hint: "The letter of Article 49(1), and why it applies.",
        type: "prose",
        needed: { field: "mechanism", is: ["derogation"] },
      },
      {
        key: "assessmentReference",
        label: "Reference of the transfer impact assessment",
        type: "line",
        needed: { field: "mechanism", is: assessedBy },
      },
      { key: "supplementaryMeasures", label: "Supplementary measures", type: "prose" },
      signedOn({ needed: { field: "mechanism", is: assessedBy } }),
      ...validity(),
      responsible(),
    ],
  },
  transfer_assessment: {
    title: "Transfer impact assessment",
    says: "The assessment of law and practice in the importer's country.",
    isSingle: false,
    hasDocument: true,
    fields: [
      reference(),
      { key: "importerCountry", label: "Country assessed", type: "country", needed: true },
      { key: "completedOn", label: "Completed on", type: "day", needed: true },
      { key: "conclusion", label: "Conclusion", type: "prose", needed: true },
      reviewDue(),
      responsible(),
    ],
  },
  dora_arrangement: {
    title: "DORA arrangement",
    says: "One row of template B_02.02 of the register of information.",
    isSingle: false,
    hasDocument: true,
    fields: [...doraFields, reviewDue({ needed: undefined }), responsible({ needed: undefined })],
  },
};

/** What an item is called in lists: the first field that says which one it is. */
export function registerItemTitle(kind: RegisterKind, fields: Readonly<Record<string, string>>): string {
  const named = ["legalName", "flow", "counterparty", "arrangementReference", "reference"];
  const found = named.map((key) => fields[key]).find((value) => value !== undefined);
  return found ?? registerKinds[kind].title;
}
