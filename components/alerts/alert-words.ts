import { type DeliveryOutcome, deliveryOutcomes } from "../../lib/core/alerts/delivery-outcome.ts";

export const channelWords = { webhook: "Webhook", email: "E-mail" } as const;

/** How an attempt ended, in a sentence; null: there was none. */
export function outcomeWords(outcome: DeliveryOutcome | null, status: number | null = null): string | null {
  if (outcome === null) return null;
  if (outcome === "delivered")
    return status === null ? "It was taken." : `It was taken, with the answer ${status}.`;
  if (status === null) return deliveryOutcomes[outcome];
  return `The answer was ${status}. ${deliveryOutcomes[outcome]}`;
}

export const severityWords = {
  low: "Everything",
  medium: "Medium and graver",
  high: "High and critical",
  critical: "Critical alone",
} as const;
