import type { HostSource } from "./reported-call.ts";
import type { ReportedSpan } from "./reported-span.ts";

/**
 * Instrumentations that write a provider's usual address where they know none, by the name of their scope. What they write
 * is told by nobody: the OpenAI Agents instrumentation for Python has `server_address_default="api.openai.com"`
 * (opentelemetry-python-contrib, `openai_agents/__init__.py`, 2026-11), and its successor takes the same.
 */
const defaultingScopes: readonly RegExp[] = [
  /^opentelemetry\.instrumentation\.(genai\.)?openai_agents\b/,
  /^opentelemetry-instrumentation-(genai-)?openai-agents(-v2)?$/,
];

/** How the one who wrote a span's address knows it. */
export function hostSourceOf({ scope }: ReportedSpan): HostSource {
  return scope !== null && defaultingScopes.some((each) => each.test(scope)) ? "default" : "log";
}
