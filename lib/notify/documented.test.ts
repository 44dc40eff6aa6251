import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { newAlert } from "../core/alerts/alert.ts";
import { alertKinds } from "../core/alerts/alert-kinds.ts";
import { webhookBody } from "../core/alerts/alert-message.ts";
import { signWebhook } from "./sign-webhook.ts";

const text = fs.readFileSync(new URL("../../docs/alerts.md", import.meta.url), "utf8");
const block = (language: string) => new RegExp(`\`\`\`${language}\n([\\s\\S]+?)\`\`\``).exec(text)?.[1] ?? "";

describe("docs/alerts.md", () => {
  it("has a program for Node that knows our messages, and no others", async () => {
    type Verify = (headers: Record<string, string>, body: string, secret: string) => boolean;
    const source = `data:text/javascript,${encodeURIComponent(block("js"))}`;
    const { isFromDomicile } = (await import(/* @vite-ignore */ source)) as { isFromDomicile: Verify };
    const [secret = "", other = ""] = [7, 8].map(
      (byte) => `whsec_${Buffer.alloc(32, byte).toString("base64")}`,
    );
    const timestamp = Math.floor(Date.now() / 1_000);
    const body = '{"a":"ä"}';
    const headers = {
      "webhook-id": "msg_1",
      "webhook-timestamp": String(timestamp),
      "webhook-signature": signWebhook([other, secret], { id: "msg_1", timestamp, body }),
    };
    expect(isFromDomicile(headers, body, secret)).toBe(true);
    expect(isFromDomicile(headers, `${body} `, secret)).toBe(false);
    expect(isFromDomicile({ ...headers, "webhook-id": "msg_2" }, body, secret)).toBe(false);
    expect(isFromDomicile({ ...headers, "webhook-timestamp": "1" }, body, secret)).toBe(false);
  });

  it("shows a message with the members that ours have", () => {
    type Body = { readonly data: { readonly facts: object } };
    const shown = JSON.parse(block("json")) as Body;
    const { data } = shown;
    const alert = newAlert("finding_opened", "k", "2026-11-22T14:05:00.000Z", data.facts, "high");
    const ours = JSON.parse(
      webhookBody({
        ...alert,
        ...{
          id: "d",
          eventId: "e",
          noticedAt: "2026-11-22T14:05:12.000Z",
          webUrl: "https://domicile.example",
        },
        tenant: { slug: "nordbank-eu", name: "Nordbank", simulated: false },
      }),
    ) as Body;
    expect({ ...ours, data: { ...ours.data, event: "" } }).toEqual({
      ...shown,
      data: { ...data, event: "" },
    });
  });

  it("names every kind, and every fact that one carries", () => {
    const named = new Set([...text.matchAll(/`([a-z_]+)`/g)].map(([, word]) => word));
    const facts = Object.values(alertKinds).flatMap(({ carries }) => carries);
    expect([...Object.keys(alertKinds), ...facts].filter((word) => !named.has(word))).toEqual([]);
  });
});
