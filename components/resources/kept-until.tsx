import type { ResourceItem, ResourceShutdown } from "../../lib/contracts/resources.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { formatNoun } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";

/** When the object itself ends: as the provider said, else as its documents say for the kind. */
export function KeptUntil({
  item: { birth, deletedAt, expiresAt, retention },
  now,
}: {
  item: ResourceItem;
  now: string;
}) {
  if (deletedAt !== null)
    return (
      <span>
        Deleted <Time at={deletedAt} precision="day" />
      </span>
    );
  if (expiresAt !== null)
    return (
      <span>
        {expiresAt < now ? "Ended " : ""}
        <Time at={expiresAt} precision="day" />
      </span>
    );
  if (retention === null) return <span className="text-muted">Unknown</span>;
  return (
    <span title={`Catalog ${retention.catalogVersion}: ${retention.note}`}>
      {retention.days === null ? (
        "Until deleted"
      ) : birth === null ? (
        formatNoun(retention.days, "day")
      ) : (
        // By the documents: that it has ended is not known when the day has passed.
        <>
          Due <Time at={daysAfter(birth.at, retention.days)} precision="day" />
        </>
      )}
    </span>
  );
}

function daysAfter(at: string, days: number): string {
  return new Date(Date.parse(at) + days * dayMs).toISOString();
}

/** When the surface or model that it needs ends. */
export function Shutdown({ shutdown }: { shutdown: ResourceShutdown }) {
  if (shutdown.kind === "unknown") return <span className="text-muted">Unknown</span>;
  if (shutdown.kind === "none_announced")
    return (
      <span className="text-muted" title={`The catalog has no end of ${shutdown.of}.`}>
        None announced
      </span>
    );
  const { on, of, replacement } = shutdown;
  return (
    <span title={replacement === null ? of : `${of}; the provider names ${replacement} in its place`}>
      <Time at={`${on}T00:00:00.000Z`} precision="day" />
    </span>
  );
}
