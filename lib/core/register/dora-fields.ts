import { yesOrNo } from "./common-fields.ts";
import type { RegisterField } from "./register-field.ts";

/**
 * Columns of template B_02.02 (specific information on contractual arrangements) of Commission Implementing Regulation
 * (EU) 2024/2956, in its order. The three location columns are said here as contracted; what was observed stands beside
 * them in the report.
 */
export const doraFields: readonly RegisterField[] = [
  {
    key: "arrangementReference",
    label: "Contractual arrangement reference number",
    type: "line",
    needed: true,
    dora: "0010",
  },
  { key: "entityLei", label: "LEI of the entity using the service", type: "lei", needed: true, dora: "0020" },
  { key: "providerId", label: "Identifier of the provider", type: "line", needed: true, dora: "0030" },
  {
    key: "providerIdType",
    label: "Kind of that identifier",
    type: "choice",
    choices: [
      { value: "LEI", label: "LEI" },
      { value: "EUID", label: "EUID" },
      { value: "CRN", label: "Corporate registration number" },
      { value: "VAT", label: "VAT number" },
    ],
    needed: true,
    dora: "0040",
  },
  { key: "functionId", label: "Function identifier", type: "line", needed: true, dora: "0050" },
  {
    key: "serviceType",
    label: "Type of ICT service",
    hint: "The code of annex III, such as S19.",
    type: "line",
    needed: true,
    dora: "0060",
  },
  { key: "startOn", label: "Start date", type: "day", needed: true, dora: "0070" },
  { key: "endOn", label: "End date", type: "day", dora: "0080" },
  { key: "noticeEntityDays", label: "Notice period of the entity, in days", type: "days", dora: "0100" },
  { key: "noticeProviderDays", label: "Notice period of the provider, in days", type: "days", dora: "0110" },
  { key: "governingLaw", label: "Country of the governing law", type: "country", dora: "0120" },
  {
    key: "provisionCountries",
    label: "Countries the service is provided from",
    type: "countries",
    needed: true,
    dora: "0130",
  },
  {
    key: "storesData",
    label: "Data is stored",
    type: "choice",
    choices: yesOrNo,
    needed: true,
    dora: "0140",
  },
  {
    key: "restCountries",
    label: "Countries of data at rest",
    type: "countries",
    needed: { field: "storesData", is: ["yes"] },
    dora: "0150",
  },
  {
    key: "processingCountries",
    label: "Countries of processing",
    type: "countries",
    needed: true,
    dora: "0160",
  },
  {
    key: "sensitivity",
    label: "Sensitiveness of the data",
    type: "choice",
    choices: [
      { value: "low", label: "Low" },
      { value: "medium", label: "Medium" },
      { value: "high", label: "High" },
    ],
    needed: { field: "storesData", is: ["yes"] },
    dora: "0170",
  },
  {
    key: "reliance",
    label: "Level of reliance",
    type: "choice",
    choices: [
      { value: "not_significant", label: "Not significant" },
      { value: "low", label: "Low" },
      { value: "material", label: "Material" },
      { value: "full", label: "Full" },
    ],
    dora: "0180",
  },
];
