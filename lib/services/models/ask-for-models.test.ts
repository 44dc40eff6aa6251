import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { askForModels } from "./ask-for-models.ts";

let server: Server | null = null;
afterEach(() => server?.close());

async function gatewayThat(answer: (response: ServerResponse, authorization: string | undefined) => void) {
  server = createServer((request, response) => {
    response.setHeader("x-domicile-call-id", "call-1");
    if (request.url === "/v1/models") answer(response, request.headers.authorization);
    else response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { gatewayUrl: `http://127.0.0.1:${port}`, token: "dompg_x", signal: new AbortController().signal };
}

const send = (response: ServerResponse, status: number, body: unknown) =>
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));

it("counts what was listed to the person's token", async () => {
  const input = await gatewayThat((response, authorization) =>
    authorization === "Bearer dompg_x"
      ? send(response, 200, { object: "list", data: [{ id: "a" }, { id: "b" }] })
      : send(response, 401, {}),
  );
  expect(await askForModels(input)).toEqual({ outcome: "listed", models: 2, callId: "call-1" });
});

it.each([
  [
    403,
    { error: { message: "The tenant's policy does not allow api.openai.com." } },
    "The tenant's policy does not",
  ],
  [401, { error: "missing scopes" }, "The answer was 401 and no list of models."],
  [200, { object: "page" }, "The answer was 200 and no list of models."],
])("says why there is no list: %s", async (status, body, message) => {
  const input = await gatewayThat((response) => send(response, status, body));
  expect(await askForModels(input)).toEqual({
    outcome: "refused",
    message: expect.stringContaining(message),
    callId: "call-1",
  });
});

it("503 without a gateway", async () => {
  const { gatewayUrl: _, ...input } = await gatewayThat((response) => send(response, 200, {}));
  await expect(askForModels({ ...input, gatewayUrl: "http://127.0.0.1:1" })).rejects.toMatchObject({
    code: "unavailable",
  });
});
