import type { CallRecord } from "../../core/calls/call-record.ts";
import { linesOfMade } from "../../core/resources/lines-of-made.ts";
import { resourceEvents } from "../../core/resources/resource-events.ts";
import type { KnownObject } from "../../services/resources/find-known-objects.ts";

/** What a call has just made and the provider keeps. `region`: what the host that answered means. */
export function objectsMade(record: CallRecord, region: string | undefined): KnownObject[] {
  const { objectsNamed = [], facts } = record;
  const attempt = record.attempts.at(-1);
  if (objectsNamed.length === 0 || attempt === undefined) return [];
  const servedRegion = region === undefined || region === "unknown" ? null : region;
  return resourceEvents({ facts, objectsNamed, attempt, servedRegion }).flatMap((event) => {
    if (event.event !== "born" || event.birth === null) return [];
    const { kind, id, birth } = event;
    return [{ kind, id, birth, batchLines: linesOfMade(kind, record) }];
  });
}
