import type { BatchLineGroup } from "../core/calls/batch-lines.ts";
import { readRequest } from "../core/calls/read-request.ts";
import { type BatchTap, createBatchTap } from "./body/batch-tap.ts";
import type { KnownObjects } from "./objects/known-objects.ts";
import { type CallDraft, notYet, planCall } from "./plan-call.ts";
import { refusalOf } from "./route.ts";

/**
 * Reads the file that a call sends, or a part of one, in case it is a batch's; null: it sends none. A form says what its
 * file is for, a part does not: that was said where its upload was begun. A part of an upload that is known to be for
 * something else is not read; one of which nobody here knows is, for a line of another kind of file is no request.
 */
export async function openBatchTap(objects: KnownObjects, draft: CallDraft): Promise<BatchTap | null> {
  const ask = (group: BatchLineGroup) => refusalOf(planCall(draft, notYet, null, [group]).route);
  const { operation, path, caller } = draft;
  if (operation.id === "files.create") return createBatchTap(ask);
  if (operation.id !== "uploads.parts.create") return null;
  const { objectsUsed } = readRequest(operation, undefined, path);
  const { mayBeBatch } = await objects.look(caller.config.tenant.id, objectsUsed);
  return mayBeBatch === false ? null : createBatchTap(ask, "part");
}
