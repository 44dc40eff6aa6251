import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:https";
import os from "node:os";
import path from "node:path";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type SimulatedProvider, startSimulatedProvider } from "../server.ts";

const host = "domicile-sweden.openai.azure.com";
const key = "sk-sim-azure-sweden-test";
const v1 = "/openai/v1/chat/completions";
const classic = "/openai/deployments/chat-se/chat/completions?api-version=2024-10-21";

let home: string;
let provider: SimulatedProvider;

beforeAll(async () => {
  home = mkdtempSync(path.join(os.tmpdir(), "domicile-azure-"));
  provider = await startSimulatedProvider({ home });
});

afterAll(async () => {
  await provider.stop();
  rmSync(home, { recursive: true, force: true });
});

type Answer = {
  status: number;
  headers: Record<string, unknown>;
  body: { model?: string; error?: { code: string } };
};

/** Over TLS, under the resource's own name. */
function ask(
  to: string,
  headers: Record<string, string>,
  model: string | null = "chat-se",
  name = host,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request({
      host: "127.0.0.1",
      port: provider.port,
      servername: name,
      ca: readFileSync(provider.caFile),
      path: to,
      method: "POST",
      agent: false,
      headers: { host: name, "content-type": "application/json", ...headers },
    });
    sent.on("error", reject);
    sent.on("response", (response) => {
      json(response).then(
        (body) =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: body as Answer["body"],
          }),
        reject,
      );
    });
    const messages = [{ role: "user", content: "Hi." }];
    sent.end(JSON.stringify(model === null ? { messages } : { model, messages }));
  });
}

describe("a simulated resource of Azure", () => {
  it.each([
    ["v1", v1, "chat-se"],
    ["v1, with a version", `${v1}?api-version=preview`, "chat-se"],
    ["classic", classic, null],
    ["classic, whatever model the body names", classic, "anything"],
  ])("answers on the %s paths with Azure's headers, by the deployment's model", async (_what, to, model) => {
    const { status, headers, body } = await ask(to, { "api-key": key }, model);
    expect([status, body.model]).toEqual([200, "gpt-5.5-2026-04-23"]);
    expect(headers).toMatchObject({ "x-ms-region": "Sweden Central" });
    expect(headers["apim-request-id"]).toBeDefined();
    expect(Object.keys(headers).filter((name) => name.startsWith("openai-") || name === "cf-ray")).toEqual(
      [],
    );
  });

  it.each([
    ["no key", {}],
    ["a key as OpenAI takes it", { authorization: `Bearer ${key}` }],
    ["the key of another resource", { "api-key": "sk-sim-azure-global-test" }],
    ["a key of OpenAI", { "api-key": "sk-sim-eu-test" }],
  ])("refuses %s in Azure's words", async (_what, headers) => {
    const { status, body } = await ask(v1, headers as Record<string, string>);
    expect([status, body.error?.code]).toEqual([401, "401"]);
  });

  it.each([
    ["OpenAI's own path", "/v1/chat/completions", "404"],
    ["classic paths without a version", "/openai/deployments/chat-se/chat/completions", "404"],
    ["the v1 paths with a dated version", `${v1}?api-version=2024-10-21`, "404"],
    ["a deployment that is not there", classic.replace("chat-se", "gone"), "DeploymentNotFound"],
  ])("does not know %s", async (_what, to, code) => {
    const { status, body } = await ask(to, { "api-key": key });
    expect([status, body.error?.code]).toEqual([404, code]);
  });

  it.each([
    ["drifting", "East US"],
    ["chat-zone", "Germany West Central"],
    ["silent", undefined],
  ])("names in the answer of %s the region %s", async (deployment, region) => {
    const { status, headers } = await ask(v1, { "api-key": key }, deployment);
    expect([status, headers["x-ms-region"]]).toEqual([200, region]);
  });

  it("is no host of OpenAI's, and OpenAI's hosts take no key of it", async () => {
    const { status } = await ask(
      "/v1/chat/completions",
      { authorization: `Bearer ${key}` },
      "gpt-5.5",
      "eu.api.openai.com",
    );
    expect(status).toBe(401);
  });
});
