import type { CreateTenantInput } from "../../lib/contracts/tenants.ts";
import type { DataCategory } from "../../lib/core/findings/data-category.ts";
import type { PinKind } from "../../lib/core/policies/policy.ts";
import { asksForTheSeason, type PolicyChangeSpec, servesBothSides } from "./policy-changes.ts";

/** A tenant of the demo: what is created for it, through the verbs. */
export type TenantSpec = {
  readonly tenant: Omit<CreateTenantInput, "mode">;
  /** Word of `demo.json` for what the policy does. */
  readonly policyWord: string;
  /** The first is the one that the tenant began with. */
  readonly credentials: readonly CredentialSpec[];
  /** Whose admin key the tenant gave when its project was attested; absent: nobody gave one. */
  readonly organization?: OrganizationSpec;
  /** What became of its policy since; absent: it is as it was created. */
  readonly policyChange?: PolicyChangeSpec;
  readonly keys: readonly KeySpec[];
  /** Names of the keys that `demo.json` gives as the tenant's `gatewayKey` and `intakeKey`. */
  readonly gatewayKey: string;
  readonly intakeKey: string;
};

export type CredentialSpec = {
  readonly label: string;
  readonly secret: string;
  readonly hosts: readonly string[];
  readonly pin: { readonly kind: PinKind; readonly region: string | null };
  /** Hours after the tenant's first day until somebody looked the project up and attested it. */
  readonly attestedAfterHours: number;
  readonly attestedBy: string;
  readonly statement: string;
};

export type OrganizationSpec = {
  readonly label: string;
  readonly secret: string;
  /** One of the demo's people. */
  readonly addedBy: string;
};

export type KeySpec = {
  readonly name: string;
  readonly kind: "gateway" | "intake";
  readonly application: string;
  readonly purpose: string;
  /** Declared with the application's first key; absent: nobody has declared it. */
  readonly data?: DataCategory;
  readonly owner?: string;
  readonly target: string;
  /** A provider's key of its own that the application sends along, instead of the tenant's. */
  readonly ownProviderKey?: string;
};

const key = (name: string, application: string, purpose: string, more: Partial<KeySpec> = {}): KeySpec => ({
  name,
  application,
  purpose,
  kind: "gateway",
  target: "policy",
  ...more,
});

const intake = (name: string, application: string, purpose: string): KeySpec =>
  key(name, application, purpose, { kind: "intake" });

const eu = "eu.api.openai.com";
const us = "us.api.openai.com";
const gb = "gb.api.openai.com";
const global = "api.openai.com";

/** The reader may rely on these slugs, and on what their gateway keys do. */
export const tenantSpecs: readonly TenantSpec[] = [
  {
    tenant: {
      name: "Nordbank",
      slug: "nordbank-eu",
      preset: "eea_ch",
      homeRegion: "eu",
      enforcement: "block",
      acceptance: null,
    },
    policyWord: "block",
    credentials: [
      {
        label: "Nordbank production, Europe",
        secret: "sk-sim-eu-nordbank-production",
        hosts: [eu],
        pin: { kind: "processing", region: "eu" },
        attestedAfterHours: 52,
        attestedBy: "Katrin Vogel",
        statement: "Project settings read on the platform: residency Europe, storage and processing.",
      },
    ],
    organization: { label: "Nordbank", secret: "sk-admin-sim-nordbank", addedBy: "Astrid Berg" },
    keys: [
      key("Customer assistant", "Customer assistant", "Answers customers' questions in chat.", {
        data: "personal",
        owner: "Retail Banking",
      }),
      key("Document summaries", "Document summaries", "Sums up letters and contracts for case workers.", {
        data: "confidential",
        owner: "Case Management",
      }),
      key("Search index", "Search index", "Embeds the intranet's pages each night.", {
        data: "internal",
        owner: "Workplace IT",
      }),
      key("Fraud notes", "Fraud notes", "Drafts the notes of fraud cases.", {
        data: "special",
        owner: "Financial Crime Unit",
      }),
      key("Ledger batch", "Ledger batch", "An older nightly job that still names the global host.", {
        target: global,
      }),
      intake("Reported calls", "Reported calls", "Calls that other software reports."),
    ],
    gatewayKey: "Customer assistant",
    intakeKey: "Reported calls",
  },
  {
    tenant: {
      name: "Nordbank branch applications",
      slug: "nordbank-apps",
      preset: "eea_ch",
      homeRegion: "eu",
      enforcement: "observe",
      acceptance: null,
    },
    policyWord: "observe",
    credentials: [
      {
        label: "Nordbank branch applications",
        secret: "sk-sim-global-nordbank-branches",
        hosts: [eu, global],
        pin: { kind: "global", region: null },
        attestedAfterHours: 7 * 24,
        attestedBy: "Katrin Vogel",
        statement: "Project settings read on the platform: residency Global, per-request residency enabled.",
      },
    ],
    keys: [
      key("Branch assistant", "Branch assistant", "Helps staff in the branches.", {
        data: "personal",
        owner: "Branch Network",
      }),
      key("Branch assistant, fallback", "Branch assistant", "Used when the European host does not answer.", {
        target: global,
      }),
      key("Loan desk", "Loan desk", "Prepares loan decisions for people to take.", {
        data: "personal",
        owner: "Credit Risk",
      }),
      key("Treasury reports", "Treasury reports", "Writes the daily treasury report.", {
        data: "confidential",
        owner: "Treasury",
        ownProviderKey: "sk-sim-eu-nordbank-treasury",
      }),
      key("Treasury reports, laptop", "Treasury reports", "The same from an analyst's laptop.", {
        target: global,
        ownProviderKey: "sk-sim-eu-nordbank-treasury",
      }),
      intake("Analyst notebooks", "Analyst notebooks", "Calls that notebooks report."),
      intake(
        "LiteLLM log",
        "Data science",
        "Calls through a LiteLLM of the team's own, known from its log alone.",
      ),
    ],
    gatewayKey: "Branch assistant, fallback",
    intakeKey: "Analyst notebooks",
  },
  {
    tenant: {
      name: "Atlas Outfitters",
      slug: "atlas-us",
      preset: "us_global_accepted",
      homeRegion: "us",
      enforcement: "block",
      acceptance: {
        acceptedBy: "Dana Whitfield, General Counsel",
        reason: "No law, contract or promise binds us to a place; the regional host is used where it exists.",
        reviewOn: "",
      },
    },
    policyWord: "block",
    credentials: [
      {
        label: "Atlas production",
        secret: "sk-sim-global-atlas-production",
        hosts: [us, global],
        pin: { kind: "global", region: null },
        attestedAfterHours: 6,
        attestedBy: "Miguel Santos",
        statement: "Project settings read on the platform: residency Global, per-request residency enabled.",
      },
    ],
    organization: { label: "Atlas Outfitters", secret: "sk-admin-sim-atlas", addedBy: "Paul Okafor" },
    keys: [
      key("Shop search", "Shop search", "Embeds products and questions for the shop's search.", {
        data: "public",
        owner: "Storefront",
      }),
      key("Product copy", "Product copy", "Drafts product descriptions.", {
        data: "public",
        owner: "Storefront",
      }),
      key("Marketing drafts", "Marketing drafts", "Drafts newsletters; uses the global host, as accepted.", {
        data: "internal",
        owner: "Marketing",
        target: global,
      }),
      intake("Reported calls", "Reported calls", "Calls that other software reports."),
    ],
    gatewayKey: "Product copy",
    intakeKey: "Reported calls",
  },
  {
    tenant: {
      name: "Meridian Travel",
      slug: "meridian-hybrid",
      preset: "eea_ch",
      homeRegion: "eu",
      enforcement: "block",
      acceptance: null,
    },
    policyWord: "hybrid",
    credentials: [
      {
        label: "Meridian, Europe",
        secret: "sk-sim-eu-meridian-production",
        hosts: [eu],
        pin: { kind: "processing", region: "eu" },
        attestedAfterHours: 3 * 24,
        attestedBy: "Jonas Lind",
        statement: "Project settings read on the platform: residency Europe, storage and processing.",
      },
      {
        label: "Meridian, United States",
        secret: "sk-sim-us-meridian-production",
        hosts: [us],
        pin: { kind: "processing", region: "us" },
        attestedAfterHours: 5 * 24,
        attestedBy: "Jonas Lind",
        statement: "Project settings read on the platform: residency United States, storage and processing.",
      },
    ],
    policyChange: servesBothSides,
    keys: [
      key("Support desk", "Support desk", "Answers travellers; says where the traveller lives.", {
        data: "personal",
        owner: "Traveller Care",
      }),
      key("Trip planner", "Trip planner", "Plans trips in the application.", {
        data: "personal",
        owner: "Digital Products",
      }),
      key("Knowledge base", "Knowledge base", "Embeds travel guides.", {
        data: "public",
        owner: "Traveller Care",
      }),
      intake("Reported calls", "Reported calls", "Calls that other software reports."),
    ],
    gatewayKey: "Support desk",
    intakeKey: "Reported calls",
  },
  {
    tenant: {
      name: "Atlas Outfitters UK",
      slug: "atlas-uk",
      preset: "at_rest_gb",
      homeRegion: "gb",
      enforcement: "block",
      acceptance: {
        acceptedBy: "Dana Whitfield, General Counsel",
        reason: "What is kept has to be kept in the United Kingdom; answers may be worked out elsewhere.",
        reviewOn: "",
      },
    },
    policyWord: "block",
    credentials: [
      {
        label: "Atlas UK, storage in the United Kingdom",
        secret: "sk-sim-gb-atlas-uk",
        hosts: [gb],
        pin: { kind: "storage_only", region: "gb" },
        attestedAfterHours: 30,
        attestedBy: "Miguel Santos",
        statement: "Project settings read on the platform: residency United Kingdom, storage only.",
      },
    ],
    policyChange: asksForTheSeason,
    keys: [
      key("Returns desk", "Returns desk", "Answers questions about returns.", {
        data: "personal",
        owner: "Customer Service UK",
      }),
      intake("Reported calls", "Reported calls", "Calls that other software reports."),
    ],
    gatewayKey: "Returns desk",
    intakeKey: "Reported calls",
  },
];
