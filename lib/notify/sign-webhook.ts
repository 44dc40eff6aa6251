import { createHmac } from "node:crypto";

/**
 * The value of `webhook-signature`: `v1,` and HMAC-SHA256 in base64 over `id.timestamp.body`, once for each secret, with spaces
 * between (Standard Webhooks, 2026-11). `secrets`: `whsec_` and base64; the first is the newest. `timestamp`: seconds since 1970.
 */
export function signWebhook(
  secrets: readonly string[],
  { id, timestamp, body }: { readonly id: string; readonly timestamp: number; readonly body: string },
): string {
  return secrets
    .map((secret) => {
      const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
      return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
    })
    .join(" ");
}
