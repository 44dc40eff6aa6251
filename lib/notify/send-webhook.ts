import { rootCertificates } from "node:tls";
import { Client } from "undici";
import type { Sent } from "../core/alerts/alert-message.ts";
import type { DeliveryOutcome } from "../core/alerts/delivery-outcome.ts";
import { receiverProblem } from "../core/alerts/receiver-url.ts";
import { createConnector, type Resolve } from "../http/connector.ts";
import { transportFailure } from "../http/dial-failure.ts";
import { signWebhook } from "./sign-webhook.ts";

export type WebhookSettings = {
  /** `host:port` of receivers in the house: named by the operator, they may have any address. */
  readonly innerHosts: ReadonlySet<string>;
  /** PEM text trusted for those beside the public authorities; null: nothing else is. */
  readonly innerAuthorities: string | null;
  /** For all of an attempt: looking up, connecting, sending, the answer. */
  readonly timeoutMs: number;
  readonly resolve?: Resolve;
};

export type Webhook = {
  readonly url: string;
  /** `whsec_…`, the newest first. */
  readonly secrets: readonly string[];
  /** The same with each attempt, so that a receiver can drop what it has. */
  readonly id: string;
  readonly body: string;
};

/** So much of an answer is read; nothing of it is kept. */
const answerBytesMax = 16 * 1024;

/**
 * One attempt: a POST over verified TLS to addresses that were checked, on a connection of its own, and no redirect followed.
 * Only an answer of 200 to 299 counts.
 */
export async function sendWebhook(webhook: Webhook, settings: WebhookSettings): Promise<Sent> {
  const url = URL.parse(webhook.url);
  // trust: it was checked when it was entered. What the store says since is checked again.
  if (url === null || receiverProblem(url) !== null) return { outcome: "address_refused", status: null };
  const timestamp = Math.floor(Date.now() / 1_000);
  const client = new Client(url.origin, {
    // undici's own type wants its own connector's options; it only ever calls the function.
    connect: connectorFor(url, settings) as never,
    pipelining: 1,
    allowH2: false,
    maxHeaderSize: 16_384,
  });
  const timer = AbortSignal.timeout(settings.timeoutMs);
  try {
    const { statusCode, body } = await client.request({
      method: "POST",
      path: `${url.pathname}${url.search}`,
      headers: {
        "content-type": "application/json",
        "user-agent": "Domicile-Alerts/1",
        "webhook-id": webhook.id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signWebhook(webhook.secrets, { ...webhook, timestamp }),
      },
      body: webhook.body,
      signal: timer,
    });
    let read = 0;
    for await (const chunk of body) {
      read += (chunk as Buffer).byteLength;
      if (read > answerBytesMax) break;
    }
    return { outcome: outcomeOf(statusCode), status: statusCode };
  } catch (error) {
    return { outcome: timer.aborted ? "timeout" : failureOf(error), status: null };
  } finally {
    await client.destroy();
  }
}

function connectorFor(url: URL, { innerHosts, innerAuthorities, timeoutMs, resolve }: WebhookSettings) {
  const isInner = innerHosts.has(`${url.hostname}:${url.port || "443"}`);
  return createConnector({
    connectTo: new Map(),
    onlyConnectTo: false,
    anyAddress: isInner,
    // An authority of the house vouches for the house alone.
    authorities:
      isInner && innerAuthorities !== null ? [...rootCertificates, innerAuthorities].join("\n") : null,
    connectTimeoutMs: timeoutMs,
    ...(resolve ? { resolve } : {}),
  });
}

function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return "delivered";
  return status >= 300 && status < 400 ? "redirected" : "refused";
}

function failureOf(error: unknown): DeliveryOutcome {
  switch (transportFailure(error)) {
    case "dns":
      return "unknown_host";
    case "address_refused":
      return "address_refused";
    case "connect_timeout":
    case "idle":
      return "timeout";
    case "tcp":
      return "unreachable";
    case "tls":
      return "tls";
    default:
      return "closed";
  }
}
