import { createOpenAI } from "@ai-sdk/openai";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embed, generateText, jsonSchema, streamText, tool } from "ai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClientWorld, createClientWorld, operationsOf } from "../../testing/client-world.ts";

let clients: ClientWorld;

beforeAll(async () => {
  clients = await createClientWorld();
});
afterAll(() => clients.stop());

describe("the AI SDK's OpenAI provider", () => {
  it("generates, streams, offers tools and embeds, over responses and chat", async () => {
    const provider = createOpenAI({
      apiKey: clients.lab.key,
      baseURL: clients.world.baseUrl,
      fetch: clients.fetch,
    });
    const calls = await clients.callsOf(async () => {
      const answered = await generateText({
        model: provider("gpt-5.5"),
        prompt: "Where are you?",
        maxRetries: 0,
      });
      expect(answered.text).toContain("simulated");
      const weather = tool({
        description: "The weather",
        inputSchema: jsonSchema<{ city: string }>({
          type: "object",
          properties: { city: { type: "string" } },
        }),
      });
      const streamed = streamText({
        model: provider.chat("gpt-5.5"),
        prompt: "Hi",
        tools: { weather },
        maxRetries: 0,
      });
      let text = "";
      for await (const piece of streamed.textStream) text += piece;
      expect(text).toContain("simulated");
      await embed({ model: provider.embedding("text-embedding-3-small"), value: "Hi", maxRetries: 0 });
    });
    expect(operationsOf(calls)).toEqual(["responses.create", "chat.completions.create", "embeddings.create"]);
    expect(calls.every(({ status, call_end }) => status === 200 && call_end === "complete")).toBe(true);
    expect(calls.map(({ model_requested }) => model_requested)).toEqual([
      "gpt-5.5",
      "gpt-5.5",
      "text-embedding-3-small",
    ]);
  });
});

describe("LangChain's ChatOpenAI", () => {
  it("invokes, streams and embeds", async () => {
    const options = {
      apiKey: clients.lab.key,
      maxRetries: 0,
      configuration: { baseURL: clients.world.baseUrl, fetch: clients.fetch },
    };
    const calls = await clients.callsOf(async () => {
      const chat = new ChatOpenAI({ model: "gpt-5.5", ...options });
      const answered = await chat.invoke("Where are you?");
      expect(answered.text).toContain("simulated");
      let pieces = 0;
      for await (const _ of await chat.stream("Hi")) pieces += 1;
      expect(pieces).toBeGreaterThan(3);
      await new OpenAIEmbeddings({ model: "text-embedding-3-small", ...options }).embedQuery("Hi");
    });
    expect(operationsOf(calls)).toEqual([
      "chat.completions.create",
      "chat.completions.create",
      "embeddings.create",
    ]);
    expect(calls.every(({ status, call_end }) => status === 200 && call_end === "complete")).toBe(true);
    // This client asks for the usage of its streams.
    expect(calls[1]?.output_tokens).toBeGreaterThan(0);
  });
});
