import { ChevronRight, Download } from "lucide-react";
import Link from "next/link";
import { findingHref } from "../../lib/contracts/finding-parsers.ts";
import type { TrailEvent } from "../../lib/contracts/trail.ts";
import { entryProofHref } from "../../lib/contracts/trail-parsers.ts";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { DefinitionList } from "../ui/definition-list.tsx";
import { formatCount } from "../ui/format-number.ts";
import { Time } from "../ui/time.tsx";
import { eventWords } from "./event-words.ts";

export type TrailRowProps = { event: TrailEvent; slug: string; onWho: (who: string) => void };

/** One event; opened, all it says and where the ledger holds it. */
export function TrailRow({ event, slug, onWho }: TrailRowProps) {
  const { at, kind, subject, actorName, actorId, detail } = event;
  const said = Object.entries(detail).filter(([, value]) => value !== null && value !== "");
  return (
    <li>
      <details className="group">
        <summary className="relative grid cursor-pointer grid-cols-1 items-baseline gap-x-4 gap-y-0.5 py-2 pr-4 pl-9 text-sm hover:bg-hover md:grid-cols-[176px_minmax(112px,176px)_minmax(0,1fr)_auto]">
          <ChevronRight
            aria-hidden="true"
            className="absolute top-2.5 left-4 size-3.5 text-faint transition-transform group-open:rotate-90 print:hidden"
          />
          <Time at={at} className="text-muted" precision="second" />
          <span className="truncate font-medium">{actorName}</span>
          <span className="min-w-0 break-words">{eventWords(event)}</span>
          <span className="font-mono text-faint text-xs">{kind}</span>
        </summary>
        <div className="flex flex-col gap-3 border-t bg-sunken px-4 py-3">
          <DefinitionList
            items={[
              {
                term: "Who",
                value: (
                  <span className="flex flex-wrap items-center gap-2">
                    {actorName}
                    <Button look="quiet" onClick={() => onWho(actorId)} size="sm">
                      Only {actorName}
                    </Button>
                  </span>
                ),
              },
              {
                term: "Subject",
                value: <Subject kind={kind} subject={subject} />,
              },
              ...said.map(([name, value]) => ({
                term: wordsOf(name),
                value: (
                  <span className="whitespace-pre-line break-words">
                    {Array.isArray(value) ? value.join("\n") : String(value)}
                  </span>
                ),
              })),
              { term: "Ledger", value: <Place event={event} slug={slug} /> },
            ]}
          />
        </div>
      </details>
    </li>
  );
}

/** What it was done to; a finding by its page. */
function Subject({ kind, subject }: Pick<TrailEvent, "kind" | "subject">) {
  if (subject === "") return "None";
  if (!kind.startsWith("finding.")) return <span className="break-all">{subject}</span>;
  return (
    <Link
      className="break-all text-accent-ink underline-offset-4 hover:underline"
      href={findingHref(subject)}
    >
      {subject}
    </Link>
  );
}

function Place({ event: { ledger, log }, slug }: { event: TrailEvent; slug: string }) {
  if (ledger === null) return "From before the ledger: in no log.";
  const place = `Entry ${formatCount(ledger.index)}, epoch ${ledger.epoch}`;
  if (log === "deployment") return `${place}, of the deployment's own log.`;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {place}
      {ledger.expired ? <Badge tone="outline">Bytes deleted by retention</Badge> : null}
      <Button asChild look="quiet" size="sm">
        <a
          aria-label={`Download the proof of entry ${ledger.index}`}
          download
          href={entryProofHref({ tenant: slug, epoch: ledger.epoch, index: ledger.index })}
        >
          <Download aria-hidden="true" />
          {ledger.expired ? "Proof of its leaf hash" : "Proof"}
        </a>
      </Button>
    </span>
  );
}

/** `documentSha256` as “Document sha256”. */
function wordsOf(name: string): string {
  const spaced = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}
