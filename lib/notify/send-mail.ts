import { rootCertificates } from "node:tls";
import { createTransport } from "nodemailer";
import type { DeliveryOutcome } from "../core/alerts/delivery-outcome.ts";

export type MailSettings = {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  readonly url: string;
  readonly from: string;
  /** PEM text trusted for the server beside the public authorities; null: nothing else is. */
  readonly authorities: string | null;
  readonly timeoutMs: number;
};

export type Mail = {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The same with each attempt: most mail programs show a message of one id once. */
  readonly id: string;
  readonly simulated: boolean;
};

/**
 * Hands one mail to the operator's server. Over TLS: from the start (`smtps`) or by STARTTLS, without which nothing is sent; in the
 * clear only to this machine itself.
 */
export async function sendMail(mail: Mail, settings: MailSettings): Promise<DeliveryOutcome> {
  const url = URL.parse(settings.url);
  if (url === null) return "mail_unset";
  const secure = url.protocol === "smtps:";
  const transport = createTransport({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: Number(url.port) || (secure ? 465 : 587),
    secure,
    requireTLS: !secure && !isThisMachine(url.hostname),
    ...(url.username === ""
      ? {}
      : { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }),
    tls: {
      minVersion: "TLSv1.2",
      rejectUnauthorized: true,
      ...(settings.authorities === null ? {} : { ca: [...rootCertificates, settings.authorities] }),
    },
    connectionTimeout: settings.timeoutMs,
    greetingTimeout: settings.timeoutMs,
    socketTimeout: settings.timeoutMs,
    dnsTimeout: settings.timeoutMs,
    // Nothing but what stands here goes into a mail.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: settings.from,
      to: { name: "", address: mail.to },
      subject: mail.subject,
      text: mail.text,
      messageId: `<${mail.id}@domicile.invalid>`,
      headers: {
        // So that an answering machine keeps still (RFC 3834).
        "Auto-Submitted": "auto-generated",
        ...(mail.simulated ? { "X-Domicile-Simulated": "yes" } : {}),
      },
    });
    return "delivered";
  } catch (error) {
    return outcomeOf(error);
  } finally {
    transport.close();
  }
}

function isThisMachine(host: string): boolean {
  return host === "localhost" || host === "127.0.0.1" || host === "[::1]";
}

/** trust: a server's words may repeat what it was sent, so none of them is kept. */
function outcomeOf(error: unknown): DeliveryOutcome {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "EENVELOPE" || code === "EMESSAGE") return "mail_refused";
  if (code === "ETIMEDOUT") return "timeout";
  return "mail_failed";
}
