import type { RegionRow } from "../catalog.ts";
import { cell } from "./cells.ts";
import { eeaAndSwitzerland } from "./countries.ts";

const asOf = "2026-11-13";
const sdk = { sourceId: "node-sdk", asOf, confidence: "high" } as const;
const guide = { confidence: "high" } as const;
const announced = {
  sourceId: "node-changelog",
  asOf: "2026-11-05",
  confidence: "medium",
  note: "Processing exists since about October 2026; which endpoints and models is not known.",
} as const;

const storageOnlyNote =
  "Storage only: inference may run, and content may be held for a time, outside the region.";
const scopeNote =
  "Storage only until about October 2026; a project may still be storage only. Which endpoints and models are processed here is not known.";

/** Defaults that most regions share; each row below states what differs. */
const common = {
  hasStorageOnlyProjects: false,
  scopeKnown: true,
  regionalTls: false,
  priceUpliftPercent: 10,
} as const;

export const regions: readonly RegionRow[] = [
  {
    ...common,
    code: "us",
    name: "United States",
    countries: ["US"],
    hosts: ["us.api.openai.com"],
    storage: cell("yes", sdk),
    processing: cell("yes", sdk),
    regionalTls: true,
    note: "Needs no changed retention control. A project with a residency must use the regional host: another host answers 401 incorrect_hostname (observed for us).",
  },
  {
    ...common,
    code: "eu",
    name: "Europe (EEA and Switzerland)",
    countries: eeaAndSwitzerland,
    hosts: ["eu.api.openai.com", "mtls-eu.api.openai.com"],
    storage: cell("yes", sdk),
    processing: cell("yes", sdk),
    regionalTls: true,
    note: "Includes Switzerland. Needs zero data retention, modified abuse monitoring, or one of the named retention controls; images need the enhanced form.",
  },
  {
    ...common,
    code: "ae",
    name: "United Arab Emirates",
    countries: ["AE"],
    hosts: ["ae.api.openai.com"],
    storage: cell("yes", sdk),
    processing: cell("yes", sdk),
    hasStorageOnlyProjects: true,
    note: "Processing for chat completions, responses and embeddings only, and only for the listed snapshots. Needs an approval of its own.",
  },
  {
    ...common,
    code: "au",
    name: "Australia",
    countries: ["AU"],
    hosts: ["au.api.openai.com"],
    storage: cell("yes", sdk),
    processing: cell("yes", announced),
    hasStorageOnlyProjects: true,
    scopeKnown: false,
    regionalTls: true,
    note: scopeNote,
  },
  {
    ...common,
    code: "in",
    name: "India",
    countries: ["IN"],
    hosts: ["in.api.openai.com"],
    storage: cell("yes", sdk),
    processing: cell("yes", announced),
    hasStorageOnlyProjects: true,
    scopeKnown: false,
    regionalTls: true,
    note: scopeNote,
  },
  {
    ...common,
    code: "jp",
    name: "Japan",
    countries: ["JP"],
    hosts: ["jp.api.openai.com"],
    storage: cell("yes", sdk),
    processing: cell("yes", announced),
    hasStorageOnlyProjects: true,
    scopeKnown: false,
    regionalTls: true,
    note: scopeNote,
  },
  {
    ...common,
    code: "ca",
    name: "Canada",
    countries: ["CA"],
    hosts: ["ca.api.openai.com"],
    storage: cell("yes", guide),
    processing: cell("no", guide),
    hasStorageOnlyProjects: true,
    note: storageOnlyNote,
  },
  {
    ...common,
    code: "sg",
    name: "Singapore",
    countries: ["SG"],
    hosts: ["sg.api.openai.com"],
    storage: cell("yes", guide),
    processing: cell("no", guide),
    hasStorageOnlyProjects: true,
    note: storageOnlyNote,
  },
  {
    ...common,
    code: "kr",
    name: "South Korea",
    countries: ["KR"],
    hosts: ["kr.api.openai.com"],
    storage: cell("yes", guide),
    processing: cell("no", guide),
    hasStorageOnlyProjects: true,
    note: storageOnlyNote,
  },
  {
    ...common,
    code: "gb",
    name: "United Kingdom",
    countries: ["GB"],
    hosts: ["gb.api.openai.com"],
    storage: cell("yes", guide),
    processing: cell("no", guide),
    hasStorageOnlyProjects: true,
    note: storageOnlyNote,
  },
];
