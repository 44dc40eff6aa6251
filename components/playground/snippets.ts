export type SnippetInput = {
  /** Base of the gateway, without `/v1`. */
  readonly gatewayUrl: string;
  /** A key, or what stands for one. */
  readonly key: string;
  /** `policy`, a region code, or `global`. */
  readonly target: string;
  readonly model: string;
  readonly prompt: string;
};

export type Snippet = {
  readonly id: "curl" | "python" | "node" | "env";
  readonly title: string;
  readonly code: string;
};

const header = "x-domicile-target-region";

/** The same call for each client, unchanged but for address and key. */
export function snippets(input: SnippetInput): readonly Snippet[] {
  return [
    { id: "curl", title: "curl", code: curl(input) },
    { id: "python", title: "Python", code: python(input) },
    { id: "node", title: "Node", code: node(input) },
    { id: "env", title: "Environment", code: environment(input) },
  ];
}

/** What every current OpenAI client reads. `OPENAI_API_BASE` is read by none of them. */
export function environment({ gatewayUrl, key }: Pick<SnippetInput, "gatewayUrl" | "key">): string {
  return `OPENAI_BASE_URL=${baseUrl(gatewayUrl)}\nOPENAI_API_KEY=${key}`;
}

function curl({ gatewayUrl, key, target, model, prompt }: SnippetInput): string {
  const body = JSON.stringify({ model, stream: true, messages: [{ role: "user", content: prompt }] });
  return [
    `curl -N ${baseUrl(gatewayUrl)}/chat/completions`,
    `  -H ${quoted(`Authorization: Bearer ${key}`)}`,
    "  -H 'Content-Type: application/json'",
    ...(target === "policy" ? [] : [`  -H '${header}: ${target}'`]),
    `  -d ${quoted(body)}`,
  ].join(" \\\n");
}

function python({ gatewayUrl, key, target, model, prompt }: SnippetInput): string {
  const headers = target === "policy" ? "" : `\n    default_headers={"${header}": "${target}"},`;
  return `from openai import OpenAI

client = OpenAI(
    base_url="${baseUrl(gatewayUrl)}",
    api_key="${key}",${headers}
)
stream = client.chat.completions.create(
    model=${text(model)},
    messages=[{"role": "user", "content": ${text(prompt)}}],
    stream=True,
)
for chunk in stream:
    if chunk.choices:
        print(chunk.choices[0].delta.content or "", end="")`;
}

function node({ gatewayUrl, key, target, model, prompt }: SnippetInput): string {
  const headers = target === "policy" ? "" : `\n  defaultHeaders: { "${header}": "${target}" },`;
  return `import OpenAI from "openai";

const client = new OpenAI({
  baseURL: "${baseUrl(gatewayUrl)}",
  apiKey: "${key}",${headers}
});
const stream = await client.chat.completions.create({
  model: ${text(model)},
  messages: [{ role: "user", content: ${text(prompt)} }],
  stream: true,
});
for await (const chunk of stream) {
  process.stdout.write(chunk.choices[0]?.delta?.content ?? "");
}`;
}

function baseUrl(gatewayUrl: string): string {
  return `${gatewayUrl.replace(/\/+$/, "")}/v1`;
}

/** A JSON string is a string of Python and JavaScript too. */
function text(value: string): string {
  return JSON.stringify(value);
}

/** One word of a POSIX shell, whatever is in it. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}
