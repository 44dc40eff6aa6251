import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Authority, openAuthority } from "../providers/simulated/authority.ts";
import { type AlertReceiver, isSignedWith, startAlertReceiver } from "../testing/alert-receiver.ts";
import { sendWebhook, type Webhook, type WebhookSettings } from "./send-webhook.ts";
import { signWebhook } from "./sign-webhook.ts";

const host = "receiver.example";
const secret = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const older = `whsec_${Buffer.alloc(32, 8).toString("base64")}`;
let folder: string;
let authority: Authority;
let receiver: AlertReceiver;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-alerts-"));
  authority = await openAuthority(folder, [host]);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
beforeEach(async () => {
  receiver = await startAlertReceiver(authority.hosts[host] ?? { certificate: "", key: "" });
});
afterEach(() => receiver.stop());

function send(webhook: Partial<Webhook> = {}, settings: Partial<WebhookSettings> = {}) {
  const whole = {
    url: `https://${host}:${receiver.port}/in?key=k`,
    secrets: [secret],
    id: "msg_1",
    body: '{"a":"ä"}',
  };
  return sendWebhook(
    { ...whole, ...webhook },
    {
      innerHosts: new Set([`${host}:${receiver.port}`]),
      innerAuthorities: authority.ca,
      timeoutMs: 60_000,
      resolve: async () => [{ address: "127.0.0.1", family: 4 }],
      ...settings,
    },
  );
}

it("signs as Standard Webhooks does", () => {
  // The vector of the specification's own libraries.
  const secrets = ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"];
  const signed = {
    id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
    timestamp: 1_614_265_330,
    body: '{"test": 2432232314}',
  };
  expect(signWebhook(secrets, signed)).toBe("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
});

describe("a webhook", () => {
  it("is posted with its id, the time, and a signature of each secret", async () => {
    expect(await send({ secrets: [secret, older] })).toEqual({ outcome: "delivered", status: 200 });
    const [got] = receiver.received;
    if (!got) throw new Error("Nothing came.");
    expect(got).toMatchObject({
      path: "/in?key=k",
      body: '{"a":"ä"}',
      headers: { "webhook-id": "msg_1", "content-type": "application/json" },
    });
    const late = Math.abs(Date.now() / 1_000 - Number(got.headers["webhook-timestamp"]));
    expect(late).toBeLessThan(60);
    expect([isSignedWith(secret, got), isSignedWith(older, got)]).toEqual([true, true]);
  });

  it("is not taken where the answer is no success", async () => {
    receiver.answer = (response) => response.writeHead(500).end("secret words of a stack");
    expect(await send()).toEqual({ outcome: "refused", status: 500 });
  });

  it("follows no redirect", async () => {
    receiver.answer = (response, { path: at }) =>
      at === "/else" ? response.end() : response.writeHead(307, { location: "/else" }).end();
    expect(await send()).toEqual({ outcome: "redirected", status: 307 });
    expect(receiver.received.map(({ path: at }) => at)).toEqual(["/in?key=k"]);
  });

  it("waits for no answer longer than the limit, be it that none comes or that it does not end", async () => {
    receiver.answer = () => undefined;
    expect(await send({}, { timeoutMs: 300 })).toEqual({ outcome: "timeout", status: null });
    receiver.answer = (response) => response.writeHead(200).write("a");
    expect(await send({}, { timeoutMs: 300 })).toEqual({ outcome: "timeout", status: null });
  });

  it("reads no more than a little of an answer", async () => {
    let written = 0;
    receiver.answer = (response) => {
      const more = (): void => {
        while (written < 64 * 1024 * 1024 && !response.destroyed && response.write(Buffer.alloc(65_536)))
          written += 65_536;
      };
      response.on("drain", more);
      more();
    };
    expect(await send()).toEqual({ outcome: "delivered", status: 200 });
    expect(written).toBeLessThan(32 * 1024 * 1024);
  });

  it("says that the connection ended where it did", async () => {
    receiver.answer = (response) => response.destroy();
    expect(await send()).toEqual({ outcome: "closed", status: null });
  });

  it("is sent to nobody whose certificate is not of an authority that is trusted, or of another name", async () => {
    expect(await send({}, { innerAuthorities: null })).toEqual({ outcome: "tls", status: null });
    const other = {
      url: `https://other.example:${receiver.port}/`,
      innerHosts: new Set([`other.example:${receiver.port}`]),
    };
    expect(await send({ url: other.url }, { innerHosts: other.innerHosts })).toEqual({
      outcome: "tls",
      status: null,
    });
    expect(receiver.received).toEqual([]);
  });
});

describe("nothing is sent", () => {
  it.each([
    "127.0.0.1",
    "::1",
    "10.0.0.7",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "fd00:ec2::254",
    "fe80::1",
    "100.64.0.1",
    "::ffff:127.0.0.1",
    "0.0.0.0",
  ])("to a name that leads to %s and that the operator has not named", async (address) => {
    const resolve = async () => [{ address, family: address.includes(":") ? (6 as const) : (4 as const) }];
    expect(await send({}, { innerHosts: new Set(), resolve })).toEqual({
      outcome: "address_refused",
      status: null,
    });
    expect(receiver.received).toEqual([]);
  });

  it("to another port of a host that the operator has named", async () => {
    expect(await send({}, { innerHosts: new Set([`${host}:443`]) })).toEqual({
      outcome: "address_refused",
      status: null,
    });
  });

  it.each([
    "http://HOST/",
    "https://user:pw@HOST/",
    "https://127.0.0.1:PORT/",
    "https://[::1]:PORT/",
    "nothing",
  ])("to %s, whatever the store says", async (form) => {
    const url = form.replace("HOST", `${host}:${receiver.port}`).replace("PORT", String(receiver.port));
    expect(await send({ url })).toEqual({ outcome: "address_refused", status: null });
    expect(receiver.received).toEqual([]);
  });

  it("to a name that has no address", async () => {
    const resolve = async () => Promise.reject(new Error("ENOTFOUND"));
    expect(await send({}, { resolve })).toEqual({ outcome: "unknown_host", status: null });
  });

  it("where nobody listens", async () => {
    const { port } = receiver;
    await receiver.stop();
    expect(await send({ url: `https://${host}:${port}/` })).toEqual({ outcome: "unreachable", status: null });
  });
});
