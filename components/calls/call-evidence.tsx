import { Ban, CircleDashed, Clock, EyeOff, History, Info } from "lucide-react";
import type { ReactNode } from "react";
import type { CallDetail } from "../../lib/contracts/calls.ts";
import { describeReason } from "../../lib/core/verdicts/describe-reason.ts";
import { Badge } from "../ui/badge.tsx";
import { formatDuration } from "../ui/format-time.ts";
import { Notice } from "../ui/notice.tsx";
import { SimulatedBadge } from "../ui/simulated-badge.tsx";
import { Time } from "../ui/time.tsx";
import { VerdictBadge } from "../ui/verdict-badge.tsx";
import { AlsoReported } from "./also-reported.tsx";
import { AttemptList } from "./attempt-list.tsx";
import { CallFacts, CallIds, CallRule } from "./call-facts.tsx";
import { CallPart } from "./call-part.tsx";
import { EvidenceLadder, GradeKey } from "./evidence-ladder.tsx";
import { endWords } from "./evidence-words.ts";
import { LinkedFindings } from "./linked-findings.tsx";
import { causeTitle } from "./reason-words.ts";

export type CallEvidenceProps = {
  call: CallDetail;
  /** The part that proves the call, which is read by itself. */
  proof?: ReactNode;
  /** Later corrections of the verdict, read by themselves. */
  restated?: ReactNode;
};

/** Everything the record holds about one call, in the order an officer asks: what happened, how we know, by which rule. */
export function CallEvidence({ call, proof, restated }: CallEvidenceProps) {
  return (
    <article className="flex flex-col">
      <CallPart title="What happened">
        <div className="flex flex-wrap items-center gap-1.5">
          <VerdictBadge band={call.band} verdict={call.verdict} />
          {call.basis === "reported" ? <Badge tone="outline">Reported, not observed</Badge> : null}
          {call.retrospective ? <Badge tone="outline">Assessed retrospectively</Badge> : null}
          {call.simulated ? <SimulatedBadge /> : null}
        </div>
        <p className="text-base">{call.statement}</p>
        <Reasons reasons={call.reasons} />
        <LateEndNotice call={call} />
        {restated}
        <Notes call={call} />
      </CallPart>
      <CallPart note="Where it went, one statement per place a call can be in." title="Evidence">
        <EvidenceLadder claims={call.claims} />
        <GradeKey />
      </CallPart>
      <CallPart
        note={
          call.attempts.length === 0
            ? undefined
            : "Each dial to a provider; the call carries the worst verdict."
        }
        title={call.attempts.length === 1 ? "1 attempt" : `${call.attempts.length} attempts`}
      >
        <AttemptList call={call} />
      </CallPart>
      <CallPart title="Judged by">
        <CallRule call={call} />
      </CallPart>
      <CallPart note="Sizes and counts only. Prompts and answers are never stored." title="Size and time">
        <CallFacts call={call} />
      </CallPart>
      {proof}
      <CallPart title="Findings">
        <LinkedFindings findings={call.findings} />
      </CallPart>
      <CallPart title="Identifiers">
        <CallIds call={call} />
      </CallPart>
    </article>
  );
}

/** What became known after the record had closed the call. */
function LateEndNotice({ call: { lateEnd } }: { call: CallDetail }) {
  if (lateEnd === null) return null;
  return (
    <Notice>
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1 font-medium text-ink">
          Its end came later: <VerdictBadge band={null} verdict={lateEnd.verdict} />
        </p>
        <Reasons reasons={lateEnd.reasons} />
        <p>
          {endWords[lateEnd.end]}
          {lateEnd.status === null ? "" : `, status ${lateEnd.status}`}; received{" "}
          <Time at={lateEnd.receivedAt} /> and kept beside the first verdict, which stays.
        </p>
      </div>
    </Notice>
  );
}

function Reasons({ reasons }: Pick<CallDetail, "reasons">) {
  if (reasons.length === 0) return null;
  return (
    <ul className="flex flex-col gap-2">
      {reasons.map((reason) => (
        <li className="border-line-strong border-l-2 pl-3" key={reason}>
          <p className="font-medium text-sm">{causeTitle(reason)}</p>
          <p className="text-muted text-sm">{describeReason(reason).sentence}</p>
        </li>
      ))}
    </ul>
  );
}

function Notes({ call }: { call: CallDetail }) {
  return (
    <>
      {call.wouldBlock ? (
        <Note icon={<Ban aria-hidden="true" />}>
          The policy observes. Had it blocked, this call would have been stopped before it left.
        </Note>
      ) : null}
      {call.end === "unknown" && call.lateEnd === null ? (
        <Note icon={<CircleDashed aria-hidden="true" />}>
          No end was recorded: the gateway that sent it stopped. It may have been answered; that is not known.
        </Note>
      ) : null}
      {call.retrospective ? (
        <Note icon={<History aria-hidden="true" />}>
          It began before the tenant had a policy, and was held against the first one when it was reported.
        </Note>
      ) : null}
      {call.reported !== null && call.reported.clockAheadMs > 0 ? (
        <Note icon={<Clock aria-hidden="true" />}>
          The clock of whoever reports it was ahead of ours by {formatDuration(call.reported.clockAheadMs)}:
          its times are as told.
        </Note>
      ) : null}
      <AlsoReported reports={call.corroborations} />
      {call.policyVersion === null ? (
        <Note icon={<EyeOff aria-hidden="true" />}>No policy was in force when this call began.</Note>
      ) : null}
      {call.advisories.map(({ kind, subject, sentence }) => (
        <Note icon={<Info aria-hidden="true" />} key={`${kind} ${subject}`}>
          {sentence}
        </Note>
      ))}
    </>
  );
}

function Note({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-2 rounded-md border bg-sunken px-3 py-2 text-muted text-sm [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </p>
  );
}
