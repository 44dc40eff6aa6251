"use client";

import { useQueryStates } from "nuqs";
import { type FormEvent, useState } from "react";
import type { PolicyBook } from "../../lib/contracts/policies.ts";
import { replayParsers } from "../../lib/contracts/policy-parsers.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { formatCount, formatNoun } from "../ui/format-number.ts";
import { Input } from "../ui/input.tsx";
import { Notice } from "../ui/notice.tsx";
import { Section } from "../ui/section.tsx";
import { Select } from "../ui/select.tsx";
import { DifferenceList } from "./difference-list.tsx";
import { PolicyFrame } from "./policy-frame.tsx";
import { PolicyLoader } from "./policy-loader.tsx";
import { ReplayProgress } from "./replay-progress.tsx";
import { type ReplayAsk, type ReplayRun, useReplay } from "./use-replay.ts";
import { VerdictTable } from "./verdict-table.tsx";

export type ReplayPageProps = { slug: string; now: string };

const callsMax = 1_000_000;
/** Any period under any version: what would have another verdict. Stored verdicts stay as they are. */
export function ReplayPage({ slug, now }: ReplayPageProps) {
  return <PolicyLoader slug={slug}>{(book) => <LoadedReplay book={book} now={now} />}</PolicyLoader>;
}

function LoadedReplay({ book, now }: { book: PolicyBook; now: string }) {
  const { tenant, versions } = book;
  const [url, setUrl] = useQueryStates(replayParsers, { history: "push" });
  const asked = {
    version: url.version ?? book.inForce,
    from: url.from ?? new Date(Date.parse(now) - 29 * dayMs).toISOString().slice(0, 10),
    to: url.to ?? now.slice(0, 10),
  };
  const [ask, setAsk] = useState<ReplayAsk | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const replay = useReplay(ask, { callsMax, delayMs: 0 });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const span = spanOf(asked.from, asked.to);
    if (span === null) {
      setProblem("Give two days, the first before the last.");
      return;
    }
    setProblem(null);
    setAsk({ tenant: tenant.slug, ...span, under: { version: asked.version } });
    replay.restart();
  };
  return (
    <PolicyFrame
      sentence="What another version would have made of the calls of a period. It reads the record and changes nothing in it."
      slug={tenant.slug}
      title={`Replay: ${tenant.name}`}
    >
      <form className="flex flex-wrap items-end gap-3" noValidate onSubmit={submit}>
        <Field label="Under version">
          <Select
            onChange={({ target: { value } }) => void setUrl({ version: Number(value) })}
            value={asked.version}
          >
            {versions.map(({ version }) => (
              <option key={version} value={version}>
                Version {version}
                {version === book.inForce ? ", in force" : ""}
              </option>
            ))}
          </Select>
        </Field>
        <Field error={problem} label="First day (UTC)">
          <Input
            onChange={({ target: { value } }) => void setUrl({ from: value || null })}
            type="date"
            value={asked.from}
          />
        </Field>
        <Field label="Last day (UTC)">
          <Input
            onChange={({ target: { value } }) => void setUrl({ to: value || null })}
            type="date"
            value={asked.to}
          />
        </Field>
        <Button look="primary" type="submit">
          Replay
        </Button>
      </form>
      {ask === null ? (
        <Notice>Choose a version and a period, then replay it. Nothing is stored.</Notice>
      ) : (
        <Result replay={replay} slug={tenant.slug} />
      )}
    </PolicyFrame>
  );
}

function Result({ replay, slug }: { replay: ReplayRun; slug: string }) {
  const { sum } = replay;
  return (
    <>
      <div className="flex flex-col gap-3">
        <p aria-live="polite" className="font-medium text-base">
          {replaySentence(replay)}
        </p>
        <ReplayProgress callsMax={callsMax} replay={replay} />
      </div>
      {sum.looked > 0 ? (
        <>
          <Section
            note="Each call is judged by the catalog it was judged by, so only the policy differs."
            title="Verdicts"
          >
            <VerdictTable verdicts={sum.verdicts} />
          </Section>
          <DifferenceList differ={sum.differ} differing={sum.differing} slug={slug} />
        </>
      ) : null}
    </>
  );
}

/** Nothing where it did not come to the first call: that there was none is then not known. */
function replaySentence({ phase, sum: { looked, differ, stopped } }: ReplayRun): string | null {
  if (looked > 0)
    return `${formatCount(differ)} of ${formatNoun(looked, "call")} would have ended otherwise; ${formatCount(stopped)} would have been stopped.`;
  if (phase === "running") return "Reading the record…";
  return phase === "done" ? "No call was recorded in this period." : null;
}

function spanOf(from: string, to: string): { from: string; to: string } | null {
  const first = Date.parse(`${from}T00:00:00.000Z`);
  const last = Date.parse(`${to}T00:00:00.000Z`) + dayMs;
  if (Number.isNaN(first) || Number.isNaN(last) || first >= last) return null;
  return { from: new Date(first).toISOString(), to: new Date(last).toISOString() };
}
