import Link from "next/link";
import type { CallDetail } from "../../lib/contracts/calls.ts";
import { dataCategoryWords } from "../../lib/core/findings/data-category.ts";
import { presets } from "../../lib/core/policies/presets.ts";
import { environmentWords } from "../tenants/environment-words.ts";
import { Copyable } from "../ui/copyable.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatBytes, formatCount } from "../ui/format-number.ts";
import { formatDuration } from "../ui/format-time.ts";
import { RegionName } from "../ui/region-name.tsx";
import { Time } from "../ui/time.tsx";
import { BatchLineFacts } from "./batch-line-facts.tsx";
import { endWords, hostSourceWords, pinWords, sourceWords } from "./evidence-words.ts";
import { Known } from "./known.tsx";

type WithCall = { call: CallDetail };

/** The rule the call was judged by, and what was asked for. */
export function CallRule({ call }: WithCall) {
  return (
    <DefinitionList
      items={[
        { term: "Tenant", value: call.tenant },
        {
          term: "Application",
          value: `${call.application}, ${environmentWords[call.environment].toLowerCase()}`,
        },
        { term: "Declared data", value: dataCategoryWords[call.dataCategory] },
        {
          term: "Policy",
          value: (
            <Known
              unknown="None in force"
              value={
                call.policyVersion === null
                  ? null
                  : `Version ${call.policyVersion}${presetWords(call.policyPreset)}`
              }
            />
          ),
        },
        {
          term: "Catalog",
          value: (
            <Link
              className="text-accent-ink underline-offset-4 hover:underline"
              href={`/settings/regions?tab=versions&row=${call.catalogVersion}`}
            >
              Version {call.catalogVersion}
            </Link>
          ),
        },
        { term: "Judge", value: `Version ${call.judgeVersion}` },
        {
          term: "Target",
          value: call.target === "policy" ? "As the policy routes" : <code>{call.target}</code>,
        },
        {
          term: "Intended",
          value: (
            <Known value={call.intendedRegion === null ? null : <RegionName code={call.intendedRegion} />} />
          ),
        },
        { term: "Project pin", value: pinWords(call.pin) },
      ]}
    />
  );
}

/** How large it was and how long it took. */
export function CallFacts({ call }: WithCall) {
  const { inputTokens, outputTokens, requestBytes, responseBytes, durationMs, ttftMs } = call;
  return (
    <DefinitionList
      items={[
        { term: "End", value: endWords[call.end] },
        {
          term: "Finish reason",
          value: <Known unknown="Not said" value={call.finishReason && <code>{call.finishReason}</code>} />,
        },
        {
          term: "Duration",
          value: <Known value={durationMs === null ? null : formatDuration(durationMs)} />,
        },
        {
          term: "First token after",
          value: call.stream ? (
            <Known value={ttftMs === null ? null : formatDuration(ttftMs)} />
          ) : (
            "Not streamed"
          ),
        },
        { term: "Streamed", value: call.stream ? "Yes" : "No" },
        {
          term: "Tokens in",
          value: (
            <Known unknown="Not reported" value={inputTokens === null ? null : formatCount(inputTokens)} />
          ),
        },
        {
          term: "Tokens out",
          value: (
            <Known unknown="Not reported" value={outputTokens === null ? null : formatCount(outputTokens)} />
          ),
        },
        {
          term: "Request",
          value: <Known value={requestBytes === null ? null : formatBytes(requestBytes)} />,
        },
        {
          term: "Answer",
          value: <Known value={responseBytes === null ? null : formatBytes(responseBytes)} />,
        },
        { term: "store", value: call.storeSaid === "not said" ? "Not said by the caller" : call.storeSaid },
        {
          term: "Tool hosts",
          value: (
            <Known
              unknown="None named"
              value={call.toolHosts.length === 0 ? null : <code>{call.toolHosts.join(", ")}</code>}
            />
          ),
        },
        ...(call.batchLines === null || call.batchLines.length === 0
          ? []
          : [{ term: "Batch lines", value: <BatchLineFacts lines={call.batchLines} /> }]),
        ...(call.deployment === null
          ? []
          : [{ term: "Azure deployment", value: deploymentWords(call.deployment) }]),
      ]}
    />
  );
}

/** As an admin recorded it with the key: a configuration, and no evidence of where the call ran. */
function deploymentWords({ name, sku }: NonNullable<CallDetail["deployment"]>): string {
  const named = name ?? (sku === null ? "Not named" : "Not named: the widest of the key's deployments");
  return `${named}, ${sku === null ? "not recorded" : `recorded as ${sku}`}`;
}

/** What the call can be found by elsewhere. */
export function CallIds({ call }: WithCall) {
  return (
    <DefinitionList
      items={[
        { term: "Call", value: <Copyable length={36} text={call.id} what="call id" /> },
        { term: "Source", value: sourceWords[call.source] },
        ...(call.reported === null
          ? []
          : [{ term: "Host known from", value: hostSourceWords[call.reported.hostSource] }]),
        ...(call.gap === "spooled"
          ? [{ term: "Gap", value: "The store was away: recorded from the gateway's disk afterwards" }]
          : []),
        { term: "Key", value: <Known unknown="None" value={call.keyName} /> },
        {
          term: "Client request id",
          value: (
            <Known
              unknown="The client sent none"
              value={
                call.clientRequestId === null ? null : (
                  <Copyable length={36} text={call.clientRequestId} what="client request id" />
                )
              }
            />
          ),
        },
        {
          term: "Ended",
          value: (
            <Known
              value={call.endedAt === null ? null : <Time at={call.endedAt} precision="millisecond" />}
            />
          ),
        },
      ]}
    />
  );
}

function presetWords(id: string | null): string {
  if (id === null || id === "custom") return "";
  const preset = presets.find((one) => one.id === id);
  return preset === undefined ? "" : `, ${preset.title}`;
}
