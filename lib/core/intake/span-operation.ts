import { asToken } from "../calls/json-fields.ts";
import { asText, type ReportedSpan } from "./span-values.ts";

/** What kind of model call a span is; null: none, but a step, a tool, an agent, a server's side, or something else. */
export function modelCallOf(span: ReportedSpan): ModelCall | null {
  const { kind, attributes } = span;
  if (kind === spanKinds.server || kind === spanKinds.consumer) return null;
  // The AI SDK's older spans nest: only those that end in doGenerate, doStream, doEmbed are calls.
  const ai = asText(attributes.get("ai.operationId"));
  if (ai?.startsWith("ai.") === true) return aiSdkCalls.get(ai.split(".").at(-1) ?? "") ?? null;
  const named = asText(attributes.get("gen_ai.operation.name")) ?? asText(attributes.get("llm.request.type"));
  if (named !== null) return calls.get(named.toLowerCase()) ?? null;
  const openInference = asText(attributes.get("openinference.span.kind"));
  return openInference === null ? null : (calls.get(openInference.toLowerCase()) ?? null);
}

export type ModelCall = "chat" | "text_completion" | "embeddings" | "generate_content";

const spanKinds = { server: 2, consumer: 5 } as const;

const aiSdkCalls: ReadonlyMap<string, ModelCall> = new Map([
  ["doGenerate", "chat"],
  ["doStream", "chat"],
  ["doEmbed", "embeddings"],
]);

const calls: ReadonlyMap<string, ModelCall> = new Map([
  ["chat", "chat"],
  ["llm", "chat"],
  ["text_completion", "text_completion"],
  ["completion", "text_completion"],
  ["embeddings", "embeddings"],
  ["embedding", "embeddings"],
  ["generate_content", "generate_content"],
]);

/** OpenAI's own name of the operation; null where a span fits more than one. */
export function operationOfSpan(
  span: ReportedSpan,
  call: ModelCall,
  responseId: string | null,
): string | null {
  if (call === "embeddings") return "embeddings.create";
  if (call === "text_completion") return "completions.create";
  if (call !== "chat") return null;
  const { attributes } = span;
  const api =
    asToken(attributes.get("openai.api.type"), 32) ?? asToken(attributes.get("ai.model.provider"), 64) ?? "";
  if (/(^|\.)responses$/.test(api) || responseId?.startsWith("resp_") === true) return "responses.create";
  if (/(^|\.)chat(_completions)?$/.test(api) || responseId?.startsWith("chatcmpl-") === true)
    return "chat.completions.create";
  if (/(^|\.)completion$/.test(api) || responseId?.startsWith("cmpl-") === true) return "completions.create";
  return null;
}
