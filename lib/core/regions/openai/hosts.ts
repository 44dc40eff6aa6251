import type { HostRow, LookalikeRow, RegionCode, Transport } from "../catalog.ts";
import { stated } from "./cells.ts";

function host(
  name: string,
  region: RegionCode | null,
  sourceId = "node-sdk",
  asOf = "2026-11-13",
  transport: Transport = "public",
  note = "",
): HostRow {
  const basis = stated(sourceId, asOf, sourceId === "your-data" ? "medium" : "high");
  return { host: name, provider: "openai", region, transport, azure: null, note, ...basis };
}

const entry = "An entry to the network: where inference runs depends on the project behind the key.";

/** Every name OpenAI documents for its API, exact. A name that is not here is never official. */
export const hosts: readonly HostRow[] = [
  host("api.openai.com", null),
  host("us.api.openai.com", "us"),
  host("eu.api.openai.com", "eu"),
  host("ae.api.openai.com", "ae"),
  host("au.api.openai.com", "au"),
  host("in.api.openai.com", "in"),
  host("jp.api.openai.com", "jp"),
  host("ca.api.openai.com", "ca", "your-data", "2026-09-24"),
  host("sg.api.openai.com", "sg", "your-data", "2026-09-24"),
  host("kr.api.openai.com", "kr", "your-data", "2026-09-24"),
  host("gb.api.openai.com", "gb", "your-data", "2026-09-24"),
  host(
    "mtls.api.openai.com",
    null,
    "mtls-readme",
    "2026-11-22",
    "mtls",
    "Whether it means the United States or no place at all is not documented: no promise.",
  ),
  host("mtls-eu.api.openai.com", "eu", "mtls-readme", "2026-11-22", "mtls"),
  host(
    "southcentralus.privatelink.api.openai.com",
    "us",
    "private-link",
    "2026-11-22",
    "private_link",
    entry,
  ),
  host("westus.privatelink.api.openai.com", "us", "private-link", "2026-11-22", "private_link", entry),
  host("eastus2.privatelink.api.openai.com", "us", "private-link", "2026-11-22", "private_link", entry),
  host(
    "spaincentral.privatelink.api.openai.com",
    "eu",
    "private-link",
    "2026-11-22",
    "private_link",
    `${entry} It may route to other back ends inside Europe, such as North Europe.`,
  ),
];

function lookalike(name: string, rightHost: string, why: string): LookalikeRow {
  return { host: name, rightHost, why, asOf: "2026-11-22" };
}

/**
 * Names found in circulation. Names that merely imitate are caught by the rule in
 * `imitates-openai.ts`, which is stated there.
 */
export const lookalikes: readonly LookalikeRow[] = [
  lookalike(
    "api.openai.eu",
    "eu.api.openai.com",
    "Named by guides and generated code; in no source of OpenAI.",
  ),
  lookalike("api.openai.asia", "api.openai.com", "Guessed by generated code; in no source of OpenAI."),
  lookalike("api.eu.openai.com", "eu.api.openai.com", "The region stands in the wrong place of the name."),
];
