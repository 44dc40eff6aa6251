import fs from "node:fs";
import {
  type AlertMessage,
  type AlertReceiver,
  mailText,
  type Sent,
  webhookBody,
} from "../core/alerts/alert-message.ts";
import { alertSettings } from "../env/alert-settings.ts";
import { log } from "../log.ts";
import { sendMail } from "./send-mail.ts";
import { sendWebhook } from "./send-webhook.ts";

/** A receiver has so long for all of an attempt. */
const timeoutMs = 10_000;

/** One attempt to tell a receiver, as the operator's settings say. Never throws for what a receiver does. */
export async function sendAlert(receiver: AlertReceiver, message: AlertMessage): Promise<Sent> {
  const { innerHosts, authoritiesFile, mail } = alertSettings();
  const authorities = authoritiesFile === null ? null : readAuthorities(authoritiesFile);
  if (receiver.kind === "webhook") {
    const { address: url, secrets } = receiver;
    const webhook = { url, secrets, id: `msg_${message.id}`, body: webhookBody(message) };
    return sendWebhook(webhook, {
      innerHosts: new Set(innerHosts),
      innerAuthorities: authorities,
      timeoutMs,
    });
  }
  if (mail === null) return { outcome: "mail_unset", status: null };
  const { subject, text } = mailText(message);
  const { id, tenant } = message;
  const outcome = await sendMail(
    { to: receiver.address, subject, text, id, simulated: tenant.simulated },
    { ...mail, authorities, timeoutMs },
  );
  return { outcome, status: null };
}

/** Null: it cannot be read. Whoever needs it is not verified then, which the page says of him; everybody else is told all the same. */
function readAuthorities(file: string): string | null {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    log.error({ err: error }, "the file of DOMICILE_ALERT_CA cannot be read");
    return null;
  }
}
