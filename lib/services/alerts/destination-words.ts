import { shownReceiver } from "../../core/alerts/receiver-url.ts";
import type { AlertDestinationRow } from "../../db/alert-destination.ts";
import { Refusal } from "../refusal.ts";

type Told = Pick<AlertDestinationRow, "kind" | "name" | "address" | "country" | "minSeverity" | "kinds">;

/** The address as pages and the log show it: a webhook's without what stands behind a question mark. */
export function shownAddress({ kind, address }: Pick<Told, "kind" | "address">): string {
  const url = kind === "webhook" ? URL.parse(address) : null;
  return url === null ? address : shownReceiver(url);
}

/** What the log says of a destination. A mail address names a person, and can be erased (`eventDraft`). */
export function destinationDetail(row: Told) {
  const { kind, name, country, minSeverity, kinds } = row;
  const address = shownAddress(row);
  return {
    kind,
    name,
    ...(kind === "email" ? { email: address } : { address: address.slice(0, 1_000) }),
    country,
    minSeverity,
    kinds,
  };
}

export function noDestination(): Refusal {
  return new Refusal("not_found", "There is no such destination.");
}
