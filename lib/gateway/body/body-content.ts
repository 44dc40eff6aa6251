import type { BodyReading } from "../../core/calls/call-facts.ts";

/** What was read of a body. `coming`: part of it is not here yet. */
export type BodyContent = { readonly reading: BodyReading | "coming"; readonly json: unknown };
