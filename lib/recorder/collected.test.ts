import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterEach, expect, it } from "vitest";
import { createRecorder, type Recorder } from "../../public/recorder/domicile-recorder.mjs";
import { type Collector, startCollector } from "./testing/collector.ts";

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A provider whose answers the test writes, and a recorder around Node's own `fetch`. */
async function begin() {
  const waiting: ServerResponse[] = [];
  const provider = createServer((request, response) => {
    request.resume();
    waiting.push(response);
    provider.emit("asked");
  });
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  const { port } = provider.address() as AddressInfo;
  const collector = await startCollector();
  const recorder = createRecorder({ url: collector.url, key: "dom_test", everyMs: 5 });
  cleanups.push(
    collector.stop,
    () => {
      provider.closeAllConnections();
      provider.close();
    },
    () => recorder.close(50),
  );
  const ask = async (contentType: string, begun: string) => {
    const asked = once(provider, "asked");
    const answer = recorder.fetch(`http://127.0.0.1:${port}/v1/chat/completions`, {
      method: "POST",
      body: '{"model":"gpt-5","stream":true}',
    });
    await asked;
    const sent = waiting.pop() as ServerResponse;
    sent.setHeader("content-type", contentType).write(begun);
    return { answer: await answer, sent };
  };
  return { recorder, collector, ask };
}

function bodyOf({ body }: Response) {
  if (body === null) throw new Error("There is no body.");
  return body;
}

/** Everything that nobody holds is gone, and whoever wanted to be told has been. */
async function collectAll(): Promise<void> {
  let told = false;
  const registry = new FinalizationRegistry(() => {
    told = true;
  });
  for (let n = 0; n < 3; n++) {
    told = false;
    registry.register({}, null);
    while (!told) {
      await turn();
      collect();
    }
  }
}

async function untilRecorded({ recorder, collector }: { recorder: Recorder; collector: Collector }) {
  while (recorder.stats().recorded === 0) await collectAll();
  return collector.taken(1);
}

const piece =
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"x"}}]}\n\n';
const last =
  'data: {"id":"chatcmpl-1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{},"finish_reason":"stop"}],' +
  '"usage":{"prompt_tokens":3,"completion_tokens":7,"total_tokens":10}}\n\ndata: [DONE]\n\n';

it("an answer that the program reads late is whole, whatever was collected before", async () => {
  const { collector, ask } = await begin();
  const { answer, sent } = await ask("application/json", '{"id":"chatcmpl-1",');
  sent.end('"model":"gpt-5"}');
  await collectAll();
  expect(await answer.text()).toBe('{"id":"chatcmpl-1","model":"gpt-5"}');
  expect(await collector.taken(1)).toMatchObject([{ responseId: "chatcmpl-1", answerRead: true }]);
});

it.each([
  ["its reader", (answer: Response) => bodyOf(answer).getReader()],
  [
    "what it is piped through",
    (answer: Response) => bodyOf(answer).pipeThrough(new TextDecoderStream()).getReader(),
  ],
  ["a clone of it", (answer: Response) => bodyOf(answer.clone()).getReader()],
])("a stream of which the program keeps %s alone is recorded to its end", async (_, readerOf) => {
  const { recorder, collector, ask } = await begin();
  const { reader, response, sent } = await (async () => {
    const { answer, sent } = await ask("text/event-stream", piece);
    return { reader: readerOf(answer), response: new WeakRef(answer), sent };
  })();
  await reader.read();
  await collectAll();
  expect(response.deref()).toBeUndefined();
  expect(recorder.stats().recorded).toBe(0);
  sent.end(last);
  while (!(await reader.read()).done);
  expect(await collector.taken(1)).toMatchObject([
    { answerRead: true, finishReason: "stop", usage: { inputTokens: 3, outputTokens: 7 } },
  ]);
});

it("an answer that the program drops unread is a call all the same, and its transfer stops", async () => {
  const world = await begin();
  const sent = await (async () => (await world.ask("text/event-stream", piece)).sent)();
  const stopped = once(sent, "close");
  expect(await untilRecorded(world)).toMatchObject([{ status: 200, answerRead: false }]);
  await stopped;
});
