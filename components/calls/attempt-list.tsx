import type { AttemptDetail, CallDetail } from "../../lib/contracts/calls.ts";
import type { Band } from "../../lib/core/verdicts/verdict.ts";
import { Copyable } from "../ui/copyable.tsx";
import { type Definition, DefinitionList } from "../ui/definition-list.tsx";
import { formatBytes } from "../ui/format-number.ts";
import { formatDuration } from "../ui/format-time.ts";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";
import { failureWords, progressWords } from "./evidence-words.ts";
import { Known } from "./known.tsx";
import { causeTitle } from "./reason-words.ts";

/** Every dial on behalf of a call, with what was seen on its own socket. */
export function AttemptList({ call }: { call: CallDetail }) {
  const { attempts } = call;
  if (attempts.length === 0) {
    return <p className="text-muted text-sm">No provider was dialled for this call.</p>;
  }
  return (
    <ol className="flex flex-col gap-3">
      {attempts.map((attempt) => (
        <li className="rounded-md border" key={attempt.no}>
          <header className="flex flex-wrap items-center justify-between gap-2 border-b px-3 py-2">
            <span className="flex min-w-0 items-baseline gap-2">
              <span className="text-faint text-xs tabular-nums">#{attempt.no}</span>
              <Copyable className="text-sm" length={36} text={attempt.host} what="host" />
            </span>
            <VerdictBadge band={bandOf(attempt, call)} brief verdict={attempt.verdict} />
          </header>
          <DefinitionList className="px-3" items={attemptFacts(attempt)} />
        </li>
      ))}
    </ol>
  );
}

/** An attempt has no band of its own. Where it is not the call's, it must not look as if a place were promised. */
function bandOf(attempt: AttemptDetail, call: CallDetail): Band | null {
  if (attempt.verdict === call.verdict) return call.band;
  return attempt.verdict === "compliant" ? "permitted" : null;
}

const edgeNote = "The edge that answered. It says nothing about inference.";

function attemptFacts(attempt: AttemptDetail): readonly Definition[] {
  const { peer, echo } = attempt;
  return [
    { term: "Dialled", value: <Time at={attempt.startedAt} precision="millisecond" /> },
    {
      term: "Took",
      value: <Known value={attempt.durationMs === null ? null : formatDuration(attempt.durationMs)} />,
    },
    { term: "Sent", value: progressWords[attempt.progress] },
    {
      term: "Status",
      value: (
        <Known
          note={attempt.errorCode === null ? undefined : `Provider's code: ${attempt.errorCode}`}
          unknown={attempt.failure === null ? "No answer was recorded" : failureWords[attempt.failure]}
          value={attempt.status}
        />
      ),
    },
    ...attempt.reasons.map((reason) => ({ term: "Reason", value: causeTitle(reason) })).slice(0, 1),
    ...namedHosts(attempt),
    {
      term: "Address",
      value: (
        <Known
          unknown="Not seen on a socket of ours"
          value={
            peer === null ? null : (
              <span className="font-mono text-xs">{`${peer.address} port ${peer.port}`}</span>
            )
          }
        />
      ),
    },
    {
      term: "TLS name",
      value: (
        <Known
          note={
            peer === null
              ? undefined
              : `${peer.tlsProtocol}, ${peer.tlsVerified ? "verified" : "not verified"}`
          }
          value={peer === null ? null : <span className="font-mono text-xs">{peer.tlsName}</span>}
        />
      ),
    },
    {
      term: "Peer key",
      value: (
        <Known
          note={peer === null ? undefined : "SHA-256 of the certificate's public key"}
          value={
            peer === null ? null : <Copyable length={20} text={peer.peerKeySha256} what="peer key hash" />
          }
        />
      ),
    },
    { term: "Request id", value: <Said text={echo.requestId} what="provider's request id" /> },
    { term: "Project", value: <Said text={echo.projectId} what="project id" /> },
    {
      term: "Edge",
      value: (
        <Known note={echo.edgeCode === null ? undefined : edgeNote} unknown={notSaid} value={echo.edgeCode} />
      ),
    },
    ...(echo.statedRegion === null ? [] : [{ term: "Stated region", value: echo.statedRegion }]),
    {
      term: "Written, read",
      value: `${formatBytes(attempt.requestBytes)}, ${formatBytes(attempt.responseBytes)}`,
    },
  ];
}

const notSaid = "The provider did not say";

function Said({ text, what }: { text: string | null; what: string }) {
  return (
    <Known
      unknown={notSaid}
      value={text === null ? null : <Copyable length={32} text={text} what={what} />}
    />
  );
}

/** Hosts the provider named. Recorded, never followed. */
function namedHosts(attempt: AttemptDetail): readonly Definition[] {
  const named = [
    { term: "Provider suggested", host: attempt.suggestedHost },
    { term: "Redirected to", host: attempt.redirectHost },
  ];
  return named.flatMap(({ term, host }) =>
    host === null
      ? []
      : [
          {
            term,
            value: (
              <Known
                note="Recorded, never followed."
                value={<Copyable length={36} text={host} what="host" />}
              />
            ),
          },
        ],
  );
}
