import { callFacets, callSearch, newCallSearch } from "../../lib/contracts/calls.ts";
import { findingSearch } from "../../lib/contracts/findings.ts";
import { latencySearch } from "../../lib/contracts/latency.ts";
import { ledgerSearch } from "../../lib/contracts/ledger.ts";
import { modelsSearch } from "../../lib/contracts/models.ts";
import { overviewSearch } from "../../lib/contracts/overview.ts";
import { resourceSearch } from "../../lib/contracts/resources.ts";
import { usageDimensions, usageSearch } from "../../lib/contracts/usage.ts";
import { getCall } from "../../lib/services/calls/get-call.ts";
import { listCalls } from "../../lib/services/calls/list-calls.ts";
import { listNewCalls } from "../../lib/services/calls/list-new-calls.ts";
import { getFinding } from "../../lib/services/findings/get-finding.ts";
import { listFindings } from "../../lib/services/findings/list-findings.ts";
import { getLatency } from "../../lib/services/latency/get-latency.ts";
import { getLedger } from "../../lib/services/ledger/get-ledger.ts";
import { getModels } from "../../lib/services/models/get-models.ts";
import { getOverview } from "../../lib/services/overview/get-overview.ts";
import { listResources } from "../../lib/services/resources/list-resources.ts";
import type { PersonActor } from "../../lib/services/sessions/find-session.ts";
import { getUsage } from "../../lib/services/usage/get-usage.ts";

/** What one page asks for, by the verb that answers it. */
export type Question = { readonly name: string; readonly ask: () => Promise<unknown> };

/** A value of each facet, frequent ones, and some that hardly any call has. */
const facetValues: Readonly<Record<(typeof callFacets)[number], readonly string[]>> = {
  verdict: ["compliant", "violation"],
  band: ["in_region", "stopped"],
  reason: ["host_out_of_region"],
  region: ["eu", "us"],
  host: ["eu.api.openai.com", "eu.api.openai.com.example"],
  model: ["o3"],
  operation: ["embeddings.create"],
  application: ["loan-desk"],
  environment: ["production"],
  data: ["unknown"],
  owner: ["none"],
  source: ["otlp"],
  basis: ["observed"],
};

/** What the usage page may be narrowed to. */
const narrow = {
  region: "eu",
  model: "o3",
  operation: "embeddings.create",
  application: "loan-desk",
} as const;

/** As long as a page may ask for. */
const yearOf = () => ({
  from: new Date(Date.now() - 365 * 86_400_000).toISOString(),
  to: new Date().toISOString(),
});

const ranges = ["24h", "7d", "30d", "60d"] as const;

/** Every query behind every page about calls, with each listed facet, as one reader of one tenant asks them. */
export async function callQuestionsOf(actor: PersonActor): Promise<Question[]> {
  const calls = (search: object) => () => listCalls(actor, callSearch.parse({ range: "30d", ...search }));
  const first = await listCalls(actor, callSearch.parse({ range: "30d" }));
  const oneCall = first.items[7]?.id ?? "";
  const findings = await listFindings(actor, findingSearch.parse({}));
  const oneFinding = findings.items[0]?.id ?? "";
  const middle = await cursorInTheMiddle(actor);
  const questions: Question[] = [
    ...ranges.flatMap((range) => [
      { name: `overview ${range}`, ask: () => getOverview(actor, overviewSearch.parse({ range })) },
      { name: `latency ${range}`, ask: () => getLatency(actor, latencySearch.parse({ range })) },
    ]),
    {
      name: "overview application",
      ask: () => getOverview(actor, overviewSearch.parse({ range: "30d", application: ["loan-desk"] })),
    },
    {
      name: "latency model",
      ask: () => getLatency(actor, latencySearch.parse({ range: "30d", model: ["o3"] })),
    },
    ...usageDimensions.flatMap((by) =>
      ranges.map((range) => ({
        name: `usage ${by} ${range}`,
        ask: () => getUsage(actor, usageSearch.parse({ by, range })),
      })),
    ),
    ...Object.entries(narrow).map(([name, value]) => ({
      name: `usage region ${name}=${value}`,
      ask: () => getUsage(actor, usageSearch.parse({ by: "region", range: "30d", [name]: [value] })),
    })),
    {
      name: "usage model, the whole record",
      ask: () => getUsage(actor, usageSearch.parse({ by: "model", ...yearOf() })),
    },
    { name: "overview, the whole record", ask: () => getOverview(actor, overviewSearch.parse(yearOf())) },
    { name: "latency, the whole record", ask: () => getLatency(actor, latencySearch.parse(yearOf())) },
    ...(["1h", "24h", "7d", "30d"] as const).map((range) => ({
      name: `calls ${range}`,
      ask: calls({ range }),
    })),
    { name: "calls, a page in the middle", ask: calls({ cursor: middle }) },
    ...callFacets.flatMap((facet) =>
      facetValues[facet].map((value) => ({
        name: `calls ${facet}=${value}`,
        ask: calls({ [facet]: [value] }),
      })),
    ),
    { name: "calls, three facets", ask: calls({ region: ["eu"], model: ["o3"], verdict: ["compliant"] }) },
    {
      name: "calls, a rare combination",
      ask: calls({ verdict: ["violation"], model: ["gpt-4.1-2025-04-14"], source: ["gateway"] }),
    },
    { name: "calls, what does not exist", ask: calls({ model: ["no-such-model"] }) },
    { name: "calls, live", ask: () => listNewCalls(actor, newCallSearch.parse({ after: first.liveCursor })) },
    { name: "call, one", ask: () => getCall(actor, oneCall) },
    { name: "findings", ask: () => listFindings(actor, findingSearch.parse({})) },
    {
      name: "findings, open and critical",
      ask: () => listFindings(actor, findingSearch.parse({ state: ["open"], severity: ["critical"] })),
    },
    { name: "finding, one", ask: () => getFinding(actor, oneFinding) },
    { name: "resources", ask: () => listResources(actor, resourceSearch.parse({})) },
    { name: "resources kind", ask: () => listResources(actor, resourceSearch.parse({ kind: ["batch"] })) },
    { name: "models", ask: () => getModels(actor, modelsSearch.parse({})) },
    { name: "ledger", ask: () => getLedger(actor, ledgerSearch.parse({})) },
  ];
  return oneFinding === "" ? questions.filter(({ name }) => name !== "finding, one") : questions;
}

async function cursorInTheMiddle(actor: PersonActor): Promise<string> {
  const to = new Date(Date.now() - 15 * 86_400_000).toISOString();
  const from = new Date(Date.now() - 30 * 86_400_000).toISOString();
  const page = await listCalls(actor, callSearch.parse({ from, to }));
  return page.nextCursor ?? "";
}
