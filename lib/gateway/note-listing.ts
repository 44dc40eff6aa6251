import { type Listing, recordListing } from "../services/models/record-listing.ts";
import type { Gateway } from "./gateway.ts";

/**
 * Keeps a list of models that passed through, beside the call's own record.
 *
 * crash: the call is recorded without it. A list that is lost is asked for again.
 */
export function noteListing(gateway: Pick<Gateway, "log">, listing: Listing): void {
  recordListing(listing).catch((error: unknown) =>
    gateway.log.warn({ err: error, callId: listing.callId }, "a list of models was not kept"),
  );
}
