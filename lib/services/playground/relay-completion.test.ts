import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { relayCompletion } from "./relay-completion.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function gatewayThat(listener: RequestListener): Promise<string> {
  server = createServer(listener);
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function ask(gatewayUrl: string, signal = new AbortController().signal, target = "eu") {
  return relayCompletion({ gatewayUrl, token: "dompg_test", target, model: "m", prompt: "p", signal });
}

describe("relayCompletion", () => {
  it("hands events on as they come, uncompressed, with where the call went", async () => {
    const seen: IncomingMessage[] = [];
    const gatewayUrl = await gatewayThat((request, response) => {
      seen.push(request);
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "x-domicile-call-id": "c1",
        "x-domicile-host": "eu.api.openai.com",
        "x-domicile-region": "eu",
        "set-cookie": "a=b",
      });
      response.end("data: [DONE]\n\n");
    });
    const answer = await ask(gatewayUrl);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("cache-control")).toBe("no-cache, no-transform");
    expect(answer.headers.get("x-domicile-host")).toBe("eu.api.openai.com");
    expect(answer.headers.get("x-domicile-call-id")).toBe("c1");
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await answer.text()).toBe(":\n\ndata: [DONE]\n\n");
    expect(seen[0]?.headers.authorization).toBe("Bearer dompg_test");
    expect(seen[0]?.headers["x-domicile-target-region"]).toBe("eu");
  });

  it("asks for no region where the policy decides", async () => {
    const seen: IncomingMessage[] = [];
    const gatewayUrl = await gatewayThat((request, response) => {
      seen.push(request);
      response.end("{}");
    });
    await ask(gatewayUrl, undefined, "policy");
    expect(seen[0]?.headers["x-domicile-target-region"]).toBeUndefined();
  });

  it("hands a refusal on as it is", async () => {
    const gatewayUrl = await gatewayThat((_request, response) => {
      response.writeHead(403, { "content-type": "application/json", "x-domicile-call-id": "c2" });
      response.end('{"error":{"code":"region_blocked"}}');
    });
    const answer = await ask(gatewayUrl);
    expect(answer.status).toBe(403);
    expect(answer.headers.get("x-domicile-call-id")).toBe("c2");
    expect(await answer.json()).toEqual({ error: { code: "region_blocked" } });
  });

  it("ends the gateway's call when the reader stops", async () => {
    const left = Promise.withResolvers<void>();
    const gatewayUrl = await gatewayThat((_request, response) => {
      response.on("close", () => left.resolve());
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.write("data: {}\n\n");
    });
    const stop = new AbortController();
    const answer = await ask(gatewayUrl, stop.signal);
    const reader = answer.body?.getReader();
    await reader?.read();
    stop.abort();
    await left.promise;
    expect(stop.signal.aborted).toBe(true);
  });

  it("refuses in words where no gateway answers", async () => {
    const gatewayUrl = await gatewayThat(() => undefined);
    await new Promise((resolve) => server?.close(resolve));
    await expect(ask(gatewayUrl)).rejects.toMatchObject({ code: "unavailable" });
  });
});
