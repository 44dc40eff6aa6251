import type { WayIn } from "../../lib/contracts/connect-parsers.ts";
import { environment, snippets } from "../playground/snippets.ts";

export type WaySnippetInput = {
  /** Base of the gateway, without `/v1`. */
  readonly gatewayUrl: string;
  /** Base of these pages. */
  readonly webUrl: string;
  /** A key, or what stands for one. */
  readonly key: string;
  readonly model: string;
};

export type CodePart = { readonly title: string; readonly code: string };

/** What to write where, for one way in. */
export function waySnippets(way: WayIn, input: WaySnippetInput): readonly CodePart[] {
  const { key, model } = input;
  const base = input.gatewayUrl.replace(/\/+$/, "");
  const named = (id: "curl" | "python" | "node"): string =>
    snippets({ gatewayUrl: base, key, model, target: "policy", prompt: "Hello" }).find(
      (each) => each.id === id,
    )?.code ?? "";
  switch (way) {
    case "environment":
      return [{ title: "Environment variables", code: environment({ gatewayUrl: base, key }) }];
    case "python":
    case "node":
    case "curl":
      return [{ title: wayWords[way].title, code: named(way) }];
    case "ai-sdk":
      return [{ title: "TypeScript", code: aiSdk(base, key, model) }];
    case "langchain":
      return [
        { title: "Python", code: langchainPython(base, key, model) },
        { title: "TypeScript", code: langchainNode(base, key, model) },
      ];
    case "litellm-proxy":
      return [{ title: "config.yaml", code: litellmProxy(base, key, model) }];
    case "otlp":
      return [{ title: "Environment variables", code: otlp(base, key) }];
    case "litellm-callback":
      return [{ title: "config.yaml", code: litellmCallback(base, key) }];
    case "intake":
      return [{ title: "curl", code: intake(base, key, model) }];
    case "recorder":
      return [
        {
          title: "Fetch the file",
          code: `curl -fO ${input.webUrl.replace(/\/+$/, "")}/recorder/domicile-recorder.mjs`,
        },
        { title: "Node", code: recorder(base, key) },
      ];
  }
}

export type WayWords = {
  readonly title: string;
  /** The kind of key it takes: the gateway sends the call, or only hears of it. */
  readonly kind: "gateway" | "intake";
  readonly note: string;
};

const sends = "Calls go through the gateway: planned by the policy before they leave, seen on the wire.";

export const wayWords: Readonly<Record<WayIn, WayWords>> = {
  environment: {
    title: "Environment",
    kind: "gateway",
    note: `Every current OpenAI client reads both variables. ${sends}`,
  },
  python: { title: "Python", kind: "gateway", note: sends },
  node: { title: "Node", kind: "gateway", note: sends },
  curl: { title: "curl", kind: "gateway", note: sends },
  "ai-sdk": { title: "Vercel AI SDK", kind: "gateway", note: sends },
  langchain: { title: "LangChain", kind: "gateway", note: sends },
  "litellm-proxy": {
    title: "LiteLLM proxy",
    kind: "gateway",
    note: `LiteLLM keeps its place before your applications and calls the gateway instead of OpenAI. ${sends}`,
  },
  otlp: {
    title: "OpenTelemetry",
    kind: "intake",
    note: "Spans of calls that did not come through the gateway. A reported host is grade D at best; content attributes are dropped unread.",
  },
  "litellm-callback": {
    title: "LiteLLM callback",
    kind: "intake",
    note: "LiteLLM reports the calls it sends by itself, failures too. What it says it dialled is grade D.",
  },
  intake: {
    title: "Intake",
    kind: "intake",
    note: "Your own software reports its calls, up to 5 000 a request. Reporting one twice under the same clientId counts once.",
  },
  recorder: {
    title: "Node recorder",
    kind: "intake",
    note: "One file without dependencies: it wraps fetch, sees the socket, and never slows or fails the call.",
  },
};

function aiSdk(base: string, key: string, model: string): string {
  return `import { createOpenAI } from "@ai-sdk/openai";
import { generateText } from "ai";

const openai = createOpenAI({
  baseURL: "${base}/v1",
  apiKey: "${key}",
});
const { text } = await generateText({
  model: openai(${JSON.stringify(model)}),
  prompt: "Hello",
});
console.log(text);`;
}

function langchainPython(base: string, key: string, model: string): string {
  return `from langchain_openai import ChatOpenAI

llm = ChatOpenAI(
    model=${JSON.stringify(model)},
    base_url="${base}/v1",
    api_key="${key}",
)
print(llm.invoke("Hello").content)`;
}

function langchainNode(base: string, key: string, model: string): string {
  return `import { ChatOpenAI } from "@langchain/openai";

const llm = new ChatOpenAI({
  model: ${JSON.stringify(model)},
  apiKey: "${key}",
  configuration: { baseURL: "${base}/v1" },
});
console.log((await llm.invoke("Hello")).content);`;
}

function litellmProxy(base: string, key: string, model: string): string {
  return `model_list:
  - model_name: ${model}
    litellm_params:
      model: openai/${model}
      api_base: ${base}/v1
      api_key: ${key}`;
}

/** LiteLLM's documentation, "Generic API callback" (docs.litellm.ai/docs/observability/generic_api, 2026-10-01). */
function litellmCallback(base: string, key: string): string {
  return `litellm_settings:
  callbacks: ["domicile"]
  turn_off_message_logging: true

callback_settings:
  domicile:
    callback_type: generic_api
    endpoint: ${base}/intake/v1/litellm
    headers:
      Authorization: Bearer ${key}`;
}

/** Values of the header list are percent-encoded (OpenTelemetry, OTLP exporter). */
function otlp(base: string, key: string): string {
  return `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=${base}/otlp/v1/traces
OTEL_EXPORTER_OTLP_TRACES_HEADERS=authorization=Bearer%20${key}
OTEL_EXPORTER_OTLP_TRACES_PROTOCOL=http/protobuf`;
}

function intake(base: string, key: string, model: string): string {
  const record = {
    clientId: "order-4711-call-1",
    startedAt: "2026-11-28T12:00:00.000Z",
    endedAt: "2026-11-28T12:00:01.240Z",
    host: "eu.api.openai.com",
    method: "POST",
    path: "/v1/chat/completions",
    model,
    usage: { inputTokens: 12, outputTokens: 3 },
    status: 200,
  };
  return [
    `curl ${base}/intake/v1/calls`,
    `  -H 'Authorization: Bearer ${key}'`,
    "  -H 'Content-Type: application/json'",
    `  -d '${JSON.stringify([record])}'`,
  ].join(" \\\n");
}

function recorder(base: string, key: string): string {
  return `import OpenAI from "openai";
import { createRecorder } from "./domicile-recorder.mjs";

const recorder = createRecorder({ url: "${base}", key: "${key}" });
const client = new OpenAI({ fetch: recorder.fetch });`;
}
