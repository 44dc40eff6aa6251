import { z } from "zod";
import type { ExplainedStep } from "../core/connectivity/explained-step.ts";
import type { CallListItem } from "./calls.ts";
import { tenantName } from "./tenants.ts";
import { line } from "./text.ts";

/** One stored key, one of its hosts, one model. */
export const connectivityInput = z.object({
  tenant: tenantName,
  credentialId: z.uuid(),
  host: line.trim().min(1).max(253),
  model: line.trim().min(1).max(120),
});
export type ConnectivityInput = z.infer<typeof connectivityInput>;

/** A line of the answer to `POST /api/connectivity`: a step that is done. */
export type TestedStep = ExplainedStep & {
  /** The recorded call it came with; null where nothing was recorded. */
  readonly callId: string | null;
};

/** Search of `/api/calls/first`: the first call recorded after a number. */
export const firstCallSearch = z.object({
  tenant: tenantName,
  application: line.min(1).max(253),
  /** Absent: from now on. */
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});
export type FirstCallSearch = z.infer<typeof firstCallSearch>;

export type FirstCall = {
  /** null: none was recorded yet. */
  readonly call: CallListItem | null;
  /** Where recording stands: the next question goes on from here. */
  readonly after: number;
};
