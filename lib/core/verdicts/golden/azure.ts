import type { UsedObject } from "../../calls/provider-object.ts";
import type { GoldenCase } from "./situation.ts";

const regional = { host: "bank-se.openai.azure.com", catalog: "recorded" } as const;
const american = { host: "bank-us.openai.azure.com", catalog: "recorded" } as const;
const zone = { host: "bank-zone.openai.azure.com", catalog: "recorded" } as const;
const anywhere = { host: "bank-global.openai.azure.com", catalog: "recorded" } as const;
const labels = {
  minimumGrade: { relay: "E", ingress: "E", inference: "E", handling: "E", storage: "E" },
} as const;

/** An answer of an earlier call, by where it was made. */
function made(birth: UsedObject["birth"]): UsedObject {
  return { kind: "response", id: "resp_1", birth };
}

const refs = ["previous_response_id"] as const;
const swedish = made({ region: "azure-se", grade: "C" });
const elsewhere = made({ region: "azure-us", grade: "C" });
const follows = { ...regional, op: "responses", refs, msRegion: "Sweden Central" } as const;

const sweden = { kind: "countries", countries: ["SE"] } as const;
const swedenOnly = {
  relay: { kind: "any" },
  ingress: { kind: "any" },
  inference: sweden,
  handling: sweden,
  storage: sweden,
} as const;

/** Azure OpenAI: a deployment that an admin recorded, and the region that the answer names. */
// biome-ignore format: one line per case
export const azure: readonly GoldenCase[] = [
  ["a regional deployment, and the answer names the same region", { ...regional, msRegion: "Sweden Central" }, "within permitted", "inference SE:B, storage SE:B, ingress ?"],
  ["the same in the provider's other spelling", { ...regional, msRegion: "swedencentral" }, "within permitted"],
  ["a regional deployment, and the answer names no region: a configuration alone", { ...regional }, "unverifiable evidence_too_weak"],
  ["a configuration alone where labels will do", { ...regional, change: labels }, "within permitted", "inference SE:E"],
  ["a regional deployment, and the answer names another region of the EEA", { ...regional, msRegion: "West Europe" }, "unverifiable provider_echo_mismatch", "inference ?"],
  ["a regional deployment, and the answer names a region outside policy", { ...regional, msRegion: "East US" }, "outside observed provider_echo_mismatch"],
  ["a regional deployment, and the answer names a region that nobody knows", { ...regional, msRegion: "Atlantis Central" }, "unverifiable provider_echo_mismatch"],
  ["the same told by a log: the echo is what the log says", { ...regional, grade: "D", msRegion: "Sweden Central" }, "unverifiable evidence_too_weak"],
  ["a region outside policy told by a log", { ...regional, grade: "D", msRegion: "East US" }, "outside reported provider_echo_mismatch"],
  ["a region outside policy told by a label", { ...regional, grade: "E", msRegion: "East US" }, "unverifiable evidence_too_weak"],
  ["a deployment that is recorded for the United States, and the answer agrees", { ...american, msRegion: "East US" }, "outside observed host_out_of_region"],
  ["a deployment that is recorded for the United States, as a person attests", { ...american }, "outside reported host_out_of_region"],
  ["a US deployment for a US tenant", { ...american, policy: "us", msRegion: "East US" }, "within permitted"],
  ["a US deployment for a tenant that accepts the global host", { ...american, policy: "accepted", msRegion: "East US" }, "within permitted"],
  ["a European data zone: its member countries, by configuration", { ...zone, msRegion: "Sweden Central" }, "unverifiable evidence_too_weak", "ingress ?"],
  ["a European data zone where labels will do", { ...zone, msRegion: "Sweden Central", change: labels }, "within permitted"],
  ["a European data zone, and the answer names a region outside policy", { ...zone, msRegion: "East US", change: labels }, "outside observed provider_echo_mismatch"],
  ["a European data zone for a US tenant", { ...zone, policy: "us", msRegion: "East US" }, "outside reported host_out_of_region"],
  ["a global deployment is like the global host, whatever the answer names", { ...anywhere, msRegion: "Sweden Central" }, "outside reported provider_global_profile", "inference ?"],
  ["a global deployment where the global host is accepted", { ...anywhere, policy: "accepted", msRegion: "East US" }, "within permitted"],
  ["a global deployment where no place is asked for", { ...anywhere, policy: "open" }, "within permitted"],
  ["a global deployment told by a label", { ...anywhere, grade: "E" }, "unverifiable evidence_too_weak"],
  ["a regional deployment where no place is asked for", { ...regional, policy: "open" }, "within permitted"],
  ["a list of models of a global deployment", { ...anywhere, op: "models" }, "none no_content"],
  ["a third party's tool behind a regional deployment", { ...regional, op: "responses", used: ["mcp"], msRegion: "Sweden Central" }, "unverifiable third_party_tool"],
  ["a tool that the policy denies, behind a regional deployment", { ...regional, op: "responses", used: ["web_search"], change: { deniedFeatures: ["web_search"] }, msRegion: "Sweden Central" }, "outside observed feature_out_of_region"],
  ["ingress demanded of a regional deployment: where TLS ends is not stated", { ...regional, policy: "ingress eu", msRegion: "Sweden Central" }, "unverifiable scope_unknown"],
  ["a subject bound to Europe on a Swedish deployment", { ...regional, policy: "by subject", subject: "DE", msRegion: "Sweden Central" }, "within permitted"],
  ["a subject bound to Europe on a US deployment", { ...american, policy: "by subject", subject: "DE", msRegion: "East US" }, "outside observed subject_region_mismatch"],
  ["the same without an echo", { ...american, policy: "by subject", subject: "DE" }, "outside reported subject_region_mismatch"],
  ["no answer of a regional deployment was seen", { ...regional, status: null }, "unverifiable content_path_not_observed evidence_too_weak"],
  ["a redirect of a regional deployment", { ...regional, status: 307, redirect: "bank-us.openai.azure.com", msRegion: "Sweden Central" }, "unverifiable redirect_refused"],
  ["a standard deployment on a regional resource, and the answer names its region", { ...regional, sku: "Standard", msRegion: "Sweden Central" }, "within permitted", "inference SE:B"],
  ["a global deployment on a regional resource: the wider word counts, whatever the answer names", { ...regional, sku: "GlobalStandard", msRegion: "Sweden Central" }, "outside reported provider_global_profile", "inference ?"],
  ["a developer tier on a regional resource: no residency is promised", { ...regional, sku: "DeveloperTier", msRegion: "Sweden Central" }, "outside reported provider_global_profile"],
  ["a deployment that nobody recorded beside others: no place is promised for it", { ...regional, sku: null, msRegion: "Sweden Central" }, "outside reported provider_global_profile"],
  ["a global batch on a regional resource where the global host is accepted", { ...american, policy: "accepted", sku: "GlobalBatch" }, "within permitted"],
  ["a data zone deployment on a Swedish resource: the countries of the Union, by configuration", { ...regional, sku: "DataZoneStandard", msRegion: "Sweden Central" }, "unverifiable evidence_too_weak", "ingress ?"],
  ["a data zone deployment on a Swedish resource where labels will do", { ...regional, sku: "DataZoneStandard", msRegion: "Germany West Central", change: labels }, "within permitted"],
  ["a data zone deployment on a Swedish resource where Sweden alone is allowed", { ...regional, sku: "DataZoneProvisionedManaged", change: { claims: swedenOnly } }, "outside reported host_out_of_region"],
  ["a data zone deployment on a US resource for a US tenant where labels will do", { ...american, policy: "us", sku: "DataZoneStandard", change: labels }, "within permitted", "inference us:E"],
  ["a data zone deployment on a US resource for a European tenant", { ...american, sku: "DataZoneStandard" }, "outside reported host_out_of_region"],
  ["a subject bound to Europe on a data zone deployment of the United States", { ...american, sku: "DataZoneStandard", policy: "by subject", subject: "DE" }, "outside reported subject_region_mismatch"],
  ["a standard deployment on a resource that is recorded as global: the wider word counts", { ...anywhere, sku: "Standard", msRegion: "Sweden Central" }, "outside reported provider_global_profile"],
  ["a standard deployment on a resource that is recorded as a data zone", { ...zone, sku: "ProvisionedManaged", msRegion: "Sweden Central", change: labels }, "within permitted"],
  ["a deployment's record says nothing of OpenAI's own host", { pin: "eu", sku: "GlobalStandard" }, "within in_region"],
  ["an echo on OpenAI's own host says nothing", { pin: "eu", msRegion: "East US" }, "within in_region"],
  ["an answer that was made at the same deployment", { ...follows, objects: [swedish] }, "within permitted", "inference SE:B, storage SE:C"],
  ["an answer whose birth was not recorded, at a deployment", { ...follows, objects: [made(null)] }, "unverifiable resource_birth_unknown", "inference SE:B, storage ?, handling ?"],
  ["an answer that was made at a deployment in the United States", { ...follows, objects: [elsewhere] }, "outside observed resource_born_elsewhere", "inference SE:B, storage SE+US:C"],
  ["an answer that was made in OpenAI's United States, used at a deployment", { ...follows, objects: [made({ region: "us", grade: "C" })] }, "outside observed resource_born_elsewhere", "storage SE+US:C"],
  ["an answer that was made in OpenAI's Europe, used at a deployment", { ...follows, objects: [made({ region: "eu", grade: "C" })] }, "within permitted"],
  ["an answer that was made at a host without a promise, used at a deployment", { ...follows, objects: [made({ region: "global", grade: "C" })] }, "outside observed resource_born_elsewhere", "storage ?"],
  ["an answer made elsewhere and one of unknown birth, at a deployment: the first is enough", { ...follows, objects: [elsewhere, made(null)] }, "outside observed resource_born_elsewhere"],
  ["an answer made elsewhere as a log tells, at a deployment", { ...follows, objects: [made({ region: "azure-us", grade: "D" })] }, "outside reported resource_born_elsewhere"],
  ["an answer made elsewhere as a label tells, at a deployment", { ...follows, objects: [made({ region: "azure-us", grade: "E" })] }, "unverifiable resource_birth_unknown"],
  ["an answer made elsewhere, and this one names a region that nobody knows", { ...follows, msRegion: "Atlantis Central", objects: [elsewhere] }, "outside observed resource_born_elsewhere"],
  ["an answer made elsewhere, and a label alone names the deployment", { ...follows, grade: "E", objects: [elsewhere] }, "unverifiable evidence_too_weak"],
  ["an answer made elsewhere, where inference alone is asked of a deployment", { ...follows, policy: "inference eu", objects: [elsewhere] }, "within permitted"],
  ["an answer of unknown birth at a deployment where the global host is accepted", { ...american, policy: "accepted", op: "responses", refs, objects: [made(null)] }, "within permitted"],
  ["an answer made elsewhere, used at a host that an admin admitted", { host: "llm.bank.example", change: { customHosts: ["llm.bank.example"] }, op: "responses", refs, objects: [made({ region: "us", grade: "C" })] }, "outside observed resource_born_elsewhere"],
];
