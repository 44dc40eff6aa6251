import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { deliveryStates } from "./alerts.ts";

/** What the URL of a tenant's alerts says: which messages are listed. */
export const alertPageParsers = {
  state: parseAsStringLiteral(deliveryStates).withDefault("all"),
};

export const readAlertState = createLoader(alertPageParsers);
