"use client";

import { type WayIn, waysIn } from "../../lib/contracts/connect-parsers.ts";
import type { CreatedKey } from "../../lib/contracts/tenants.ts";
import { defaultModel } from "../playground/chat-models.ts";
import { Badge } from "../ui/badge.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { waySnippets, wayWords } from "./way-snippets.ts";

export type WaySectionProps = {
  gatewayUrl: string;
  webUrl: string;
  way: WayIn;
  onWay: (way: WayIn) => void;
  fresh: CreatedKey | null;
};

/** What to change in the client, for each way in. */
export function WaySection({ gatewayUrl, webUrl, way, onWay, fresh }: WaySectionProps) {
  const { kind, note } = wayWords[way];
  // A key for sending is none for reporting, and the other way round.
  const key = fresh?.key.kind === kind ? fresh.secret : "dom_…";
  const parts = waySnippets(way, { gatewayUrl, webUrl, key, model: defaultModel });
  return (
    <Section note="Only the address and the key change; the rest of your code stays." title="2 · Your client">
      <div className="grid gap-4 p-4 md:grid-cols-[176px_minmax(0,1fr)]">
        <div className="flex flex-col gap-4">
          <WayList kind="gateway" onWay={onWay} title="Through the gateway" way={way} />
          <WayList kind="intake" onWay={onWay} title="Reported beside it" way={way} />
        </div>
        <div className="flex min-w-0 flex-col gap-3">
          <div className="flex flex-wrap items-center gap-2">
            <h3 className="font-semibold text-base">{wayWords[way].title}</h3>
            <Badge>{kind === "gateway" ? "key for sending" : "key for reporting"}</Badge>
          </div>
          <p className="text-muted text-sm">{note}</p>
          {parts.map(({ title, code }) => (
            <div className="flex min-w-0 flex-col gap-1.5" key={title}>
              {parts.length > 1 ? <h4 className="text-faint text-xs">{title}</h4> : null}
              <CodeBlock code={code} what={`${wayWords[way].title} ${title}`} />
            </div>
          ))}
          {fresh !== null && fresh.key.kind !== kind ? (
            <Notice>
              The key you just made is for {fresh.key.kind === "gateway" ? "sending" : "reporting"}. This way
              takes one for {kind === "gateway" ? "sending" : "reporting"}.
            </Notice>
          ) : null}
          {kind === "gateway" ? <IgnoredVariable /> : <ReportedAlone />}
          <TracesElsewhere />
        </div>
      </div>
    </Section>
  );
}

type WayListProps = { title: string; kind: "gateway" | "intake"; way: WayIn; onWay: (way: WayIn) => void };

function WayList({ title, kind, way, onWay }: WayListProps) {
  return (
    <fieldset className="flex flex-col gap-0.5 max-md:flex-row max-md:flex-wrap">
      <legend className="mb-1 px-2 text-faint text-xs">{title}</legend>
      {waysIn
        .filter((each) => wayWords[each].kind === kind)
        .map((each) => (
          <button
            aria-pressed={each === way}
            className="h-8 rounded-md px-2 text-left text-muted text-sm transition-colors hover:bg-hover hover:text-ink aria-pressed:bg-accent-tint aria-pressed:font-medium aria-pressed:text-accent-ink"
            key={each}
            onClick={() => onWay(each)}
            type="button"
          >
            {wayWords[each].title}
          </button>
        ))}
    </fieldset>
  );
}

/** `dataResidency`: Node SDK 7.57.0, internal/data-residency; read 2026-11. */
function IgnoredVariable() {
  return (
    <Notice tone="outside">
      Set <code className="font-mono">OPENAI_BASE_URL</code>. Today's OpenAI clients ignore the older{" "}
      <code className="font-mono">OPENAI_API_BASE</code>: whoever sets only that one sends to the global
      endpoint, past the gateway, without noticing. Take the option{" "}
      <code className="font-mono">dataResidency</code> out of the code: a client that has it goes to OpenAI's
      host, past the gateway and with the gateway's key, whatever{" "}
      <code className="font-mono">OPENAI_BASE_URL</code> says.
    </Notice>
  );
}

/** OpenAI Agents SDK, issue 5008 (2026-09-14): only the exporter's own setting moves it. */
function TracesElsewhere() {
  return (
    <Notice tone="outside">
      OpenAI's Agents SDK sends traces of its runs to <code className="font-mono">api.openai.com</code>, the
      global endpoint, whatever the base URL says. Set{" "}
      <code className="font-mono">OPENAI_AGENTS_DISABLE_TRACING=1</code>, or the exporter's own endpoint.
    </Notice>
  );
}

function ReportedAlone() {
  return (
    <Notice tone="doubt">
      A reported call has already left: nothing can stop it, and it is judged by what the report says. Only
      what goes through the gateway is seen on the wire.
    </Notice>
  );
}
