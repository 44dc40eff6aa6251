import { randomUUID } from "node:crypto";
import http from "node:http";
import { type ChatCompletionRequest, createServer, type TextResponse } from "@copilotkit/aimock";
import { answeringModel } from "./offered-models.ts";

/** OpenAI's bodies, plain and streaming, from the kept library; it listens on a port of loopback only. */
export type Bodies = {
  /** Asks for the answer to a request. Resolves with status, headers and the body as it is made. */
  ask(request: BodyRequest): Promise<http.IncomingMessage>;
  stop(): Promise<void>;
};

export type BodyRequest = {
  readonly method: string;
  readonly path: string;
  readonly contentType: string;
  readonly body: Buffer;
  /** Ends the work when the caller has gone. */
  readonly signal: AbortSignal;
};

export async function startBodies(betweenChunksMs: number): Promise<Bodies> {
  const library = await createServer(
    [
      {
        match: { endpoint: "chat", context: responsesContext },
        response: (request) => answerTo(request, "resp_"),
      },
      { match: { endpoint: "chat" }, response: (request) => answerTo(request, "chatcmpl-") },
    ],
    {
      host: "127.0.0.1",
      port: 0,
      logLevel: "silent",
      latency: betweenChunksMs,
      chunkSize: 16,
      journalMaxEntries: 1,
    },
  );
  const agent = new http.Agent({ keepAlive: true });
  return {
    ask: (request) => ask(library.url, agent, request),
    stop: async () => {
      agent.destroy();
      library.server.closeAllConnections();
      await new Promise((resolve) => library.server.close(resolve));
    },
  };
}

/** trust: nothing of the caller's headers goes to the library, some of which would change what it does. */
function ask(url: string, agent: http.Agent, request: BodyRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asked = http.request(new URL(request.path, url), {
      method: request.method,
      agent,
      signal: request.signal,
      headers: {
        "content-type": request.contentType,
        "content-length": request.body.length,
        ...(request.path.startsWith("/v1/responses") ? { "x-aimock-context": responsesContext } : {}),
      },
    });
    asked.once("response", resolve);
    asked.once("error", reject);
    asked.end(request.body);
  });
}

/** Tells the library's two OpenAI text surfaces apart, whose ids differ. */
const responsesContext = "responses";

const sentence =
  "This answer was made by Domicile's simulated provider and not by a model. It has the shape, the headers and the token counts of a real one, so that everything between the application and the evidence can be seen at work. ";

function answerTo(request: ChatCompletionRequest, idPrefix: string): TextResponse {
  const content = contentFor(request.model);
  const prompt = tokensIn(textOf(request));
  const completion = tokensIn(content);
  return {
    id: `${idPrefix}${randomUUID().replaceAll("-", "")}`,
    model: answeringModel(request.model, null) ?? request.model,
    content,
    ...(request.model === "sim-web-search" ? { webSearches: ["data residency"] } : {}),
    usage: {
      prompt_tokens: prompt,
      completion_tokens: completion,
      total_tokens: prompt + completion,
      prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0 },
    },
  };
}

function contentFor(model: string): string {
  if (model === "sim-big") return sentence.repeat(Math.ceil(bigAnswerBytes / sentence.length));
  return `${model} was asked. ${sentence}`;
}

const bigAnswerBytes = 4 * 1_048_576;

function textOf(request: ChatCompletionRequest): string {
  return JSON.stringify(request.messages ?? []);
}

function tokensIn(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}
