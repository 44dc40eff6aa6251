import type { Alert } from "./alert.ts";
import type { DeliveryOutcome } from "./delivery-outcome.ts";
import { describeAlert, minuteText, oneLine } from "./describe-alert.ts";

/** An alert on its way to one destination. */
export type AlertMessage = Omit<Alert, "key"> & {
  /** Of the delivery: the same with each attempt. */
  readonly id: string;
  /** Of what happened: the same for every destination. */
  readonly eventId: string;
  readonly noticedAt: string;
  readonly tenant: { readonly slug: string; readonly name: string; readonly simulated: boolean };
  /** Where people open the product: an origin, and a path where it has one. */
  readonly webUrl: string;
};

/** Where a message goes. `secrets`: `whsec_…`, the newest first; those of before sign as well until they end. */
export type AlertReceiver =
  | { readonly kind: "webhook"; readonly address: string; readonly secrets: readonly string[] }
  | { readonly kind: "email"; readonly address: string };

/** How an attempt ended. `status`: of an HTTP answer; null where there was none. */
export type Sent = { readonly outcome: DeliveryOutcome; readonly status: number | null };

/** Raised when a member changes its meaning or goes. New ones may come without. */
export const bodyVersion = 1;

/** The body of a webhook, as `docs/alerts.md` has it: type, timestamp, data (Standard Webhooks, 2026-11). */
export function webhookBody(message: AlertMessage): string {
  const { kind, severity, happenedAt, noticedAt, eventId, tenant, count, facts } = message;
  const { title, sentence, page } = describeAlert(message, tenant.slug);
  return JSON.stringify({
    type: kind,
    timestamp: happenedAt,
    data: {
      version: bodyVersion,
      event: eventId,
      tenant: tenant.slug,
      tenant_name: oneLine(tenant.name),
      simulated: tenant.simulated,
      severity,
      title,
      sentence,
      count,
      noticed_at: noticedAt,
      page: pageUrl(message.webUrl, page),
      facts: cleaned(facts),
    },
  });
}

/** The same as a mail of plain text. */
export function mailText(message: AlertMessage): { readonly subject: string; readonly text: string } {
  const { severity, happenedAt, noticedAt, tenant } = message;
  const { title, sentence, page, lines } = describeAlert(message, tenant.slug);
  const mark = tenant.simulated ? "[Simulated] " : "";
  const name = oneLine(tenant.name);
  const facts = [
    { name: "Tenant", text: name },
    { name: "Severity", text: severity },
    { name: "Happened", text: minuteText(happenedAt) },
    { name: "Noticed", text: minuteText(noticedAt) },
    ...lines,
  ];
  const width = Math.max(...facts.map((fact) => fact.name.length)) + 2;
  const text = [
    ...(tenant.simulated ? ["This tenant is simulated: no provider was called and nothing left.", ""] : []),
    title,
    "",
    sentence,
    "",
    ...facts.map((fact) => `${`${fact.name}:`.padEnd(width)}${fact.text}`),
    "",
    pageUrl(message.webUrl, page),
    "",
    "-- ",
    `Domicile tells this because an administrator of ${name} entered this address. To stop it, ask for its`,
    "removal on the page Settings, Alerts.",
    "",
  ].join("\n");
  return { subject: `${mark}[${name}] ${title}`, text };
}

function pageUrl(webUrl: string, page: string): string {
  return `${webUrl.replace(/\/+$/, "")}${page}`;
}

/** trust: hosts and models are what a caller wrote. */
function cleaned(facts: Alert["facts"]): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => [fact, typeof value === "string" ? oneLine(value) : value]),
  );
}
