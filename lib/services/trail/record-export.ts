import type { Exported } from "../../core/trail/evidence-kinds.ts";
import type { Actor } from "../actor.ts";
import { type MutationOptions, mutation } from "../mutation.ts";

export type EvidenceExport = {
  readonly tenant: string;
  readonly what: Exported;
  /** What is taken along: the id of a report, the name of a file. */
  readonly object: string;
  /** In words, as the page shows it; null where nothing is left out. */
  readonly filter: string | null;
  /** Null where it is not known before the last byte has left. */
  readonly rows: number | null;
  readonly bytes: number | null;
  /** Of the file, hex; null where it is not known before the last byte has left. */
  readonly sha256: string | null;
};

/**
 * Says in the tenant's log that somebody takes evidence along. Called before the first byte leaves; who may is decided by
 * the verb that exports.
 */
export function recordExport(
  actor: Actor,
  input: EvidenceExport,
  options: MutationOptions = {},
): Promise<void> {
  return record(actor, input, options);
}

const record = mutation<EvidenceExport, void>({
  permission: "tenant:read",
  event: "evidence.exported",
  changesConfig: false,
  run: async (_, { what, object, filter, rows, bytes, sha256 }) => ({
    output: undefined,
    subject: object,
    detail: { what, filter, rows, bytes, sha256 },
  }),
});
