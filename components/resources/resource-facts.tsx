import Link from "next/link";
import type { ResourceItem } from "../../lib/contracts/resources.ts";
import { GradeMark } from "../calls/grade-mark.tsx";
import { Copyable } from "../ui/copyable.tsx";
import { type Definition, DefinitionList } from "../ui/definition-list.tsx";
import { formatBytes, formatNoun } from "../ui/format-number.ts";
import { RegionMark } from "../ui/region-mark.tsx";
import { regionName } from "../ui/region-name.tsx";
import { Time } from "../ui/time.tsx";
import { Age } from "./age.tsx";
import { KeptUntil, Shutdown } from "./kept-until.tsx";
import { StateBadge } from "./resource-state.tsx";
import { callThatMade } from "./resource-table.tsx";
import { problemWords } from "./state-words.ts";

const linkStyle = "text-accent-ink underline-offset-4 hover:underline";

/** Where the object was made, by whose call, how large it is, and until when it is kept. */
export function BirthFacts({ item }: { item: ResourceItem }) {
  const { birth, application, bytes, id, uses, lastUsedAt } = item;
  return (
    <DefinitionList
      items={[
        { term: "Object", value: <Copyable length={44} text={id} what="object id" /> },
        {
          term: "Born in",
          value:
            birth === null ? (
              "Not recorded: a call named it, and none that was recorded made it"
            ) : (
              <span className="flex flex-wrap items-center gap-1.5">
                <RegionMark code={birth.region} /> {regionName(birth.region)}{" "}
                <GradeMark grade={birth.grade} />
                <span className="font-mono text-xs">{birth.host}</span>
              </span>
            ),
        },
        ...(birth === null
          ? []
          : [
              {
                term: "Made",
                value: (
                  <Link className={linkStyle} href={callThatMade(birth)}>
                    <Time at={birth.at} precision="second" />
                  </Link>
                ),
              },
            ]),
        { term: "Application", value: application ?? "Not recorded" },
        { term: "Size", value: bytes === null ? "Not said" : formatBytes(bytes) },
        {
          term: "Used by",
          value:
            uses === 0 || lastUsedAt === null ? (
              "No recorded call"
            ) : (
              <>
                {formatNoun(uses, "call")}, last <Time at={lastUsedAt} />
              </>
            ),
        },
      ]}
    />
  );
}

/** The provider's last word, when and how it was asked for, and why not. */
export function StateFacts({ item, now }: { item: ResourceItem; now: string }) {
  const { status, statusAt, asked, canAsk } = item;
  const rows: Definition[] = [
    {
      term: "State",
      value:
        status === null ? (
          "No answer said any"
        ) : (
          <span className="flex items-center gap-2">
            <StateBadge item={item} />
            {statusAt === null ? null : (
              <span className="text-muted">
                said <Age at={statusAt} now={now} />
              </span>
            )}
          </span>
        ),
    },
  ];
  if (canAsk || asked !== null)
    rows.push({
      term: "Last asked",
      value:
        asked === null ? (
          "Not yet by Domicile itself"
        ) : (
          <>
            <Age at={asked.at} now={now} />
            {asked.callId === null ? ", no call was made" : null}
            {asked.callId === null ? null : (
              <>
                {" · "}
                <Link
                  className={linkStyle}
                  href={callThatMade({ ...noBirth, at: asked.at, callId: asked.callId })}
                >
                  the call
                </Link>
              </>
            )}
          </>
        ),
    });
  if (asked?.problem != null) {
    rows.push({ term: "Could not be asked", value: problemWords[asked.problem] });
    rows.push({
      term: "Next look",
      value:
        asked.nextAt === null ? (
          `Not by itself: nothing was learned ${asked.failures} times`
        ) : (
          <Time at={asked.nextAt} precision="second" />
        ),
    });
  }
  return <DefinitionList items={rows} />;
}

/** A link to a call needs its moment and its id alone. */
const noBirth = { region: "", host: "", grade: "C" } as const;

/** When it ends, and when what it needs ends. */
export function EndFacts({ item, now }: { item: ResourceItem; now: string }) {
  const { retention, shutdown } = item;
  return (
    <DefinitionList
      items={[
        { term: "Kept until", value: <KeptUntil item={item} now={now} /> },
        ...(retention === null
          ? []
          : [{ term: "Retention", value: `${retention.note} (catalog ${retention.catalogVersion})` }]),
        {
          term: "Shutdown",
          value: (
            <>
              <Shutdown shutdown={shutdown} />
              {shutdown.kind === "unknown" ? null : (
                <span className="text-muted">
                  {" "}
                  · <span className="font-mono text-xs">{shutdown.of}</span>
                </span>
              )}
              {shutdown.kind === "announced" && shutdown.replacement !== null ? (
                <span className="text-muted"> · the provider names {shutdown.replacement} in its place</span>
              ) : null}
            </>
          ),
        },
      ]}
    />
  );
}
