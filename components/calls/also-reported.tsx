import { Users } from "lucide-react";
import type { Corroboration } from "../../lib/contracts/calls.ts";
import { Copyable } from "../ui/copyable.tsx";
import { Time } from "../ui/time.tsx";
import { sourceWords } from "./evidence-words.ts";

/** Who else told of this call. Our own record stays the evidence, and the call is counted once. */
export function AlsoReported({ reports }: { reports: readonly Corroboration[] }) {
  if (reports.length === 0) return null;
  return (
    <div className="flex gap-2 rounded-md border bg-sunken px-3 py-2 text-muted text-sm">
      <Users aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <div className="flex min-w-0 flex-col gap-1">
        {reports.map(({ clientId, source, application, receivedAt, status }) => (
          <p className="min-w-0" key={clientId}>
            Also reported by {application ?? "an application"} ({sourceWords[source]}) as{" "}
            <Copyable length={28} text={clientId} what="client id" />
            {status === null ? "" : `, with status ${status}`}, received <Time at={receivedAt} />.
          </p>
        ))}
        <p>Our own gateway saw the call: its record is the evidence, and it is counted once.</p>
      </div>
    </div>
  );
}
