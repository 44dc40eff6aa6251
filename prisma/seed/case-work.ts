import type {
  AnalysisInput,
  CommentInput,
  FindingListItem,
  ResolveInput,
} from "../../lib/contracts/findings.ts";
import { dayMs } from "../../lib/core/calendar.ts";
import { checkDays } from "../../lib/core/findings/effectiveness.ts";
import type { FindingCause } from "../../lib/core/verdicts/verdict.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { approveException } from "../../lib/services/exceptions/decide-exception.ts";
import { requestException } from "../../lib/services/exceptions/request-exception.ts";
import { acknowledgeFinding } from "../../lib/services/findings/acknowledge-finding.ts";
import { checkFinding } from "../../lib/services/findings/check-finding.ts";
import { commentOnFinding } from "../../lib/services/findings/comment-on-finding.ts";
import { listFindings } from "../../lib/services/findings/list-findings.ts";
import { resolveFinding } from "../../lib/services/findings/resolve-finding.ts";
import { demoPerson } from "./demo-person.ts";
import { workingDay } from "./story/scenes.ts";

/** A comment, in the days after. */
type Said = CommentInput & { readonly at: number; readonly by: string };

type Act = {
  readonly cause: FindingCause;
  /** Name of the application whose cases are meant; absent: all. */
  readonly application?: string;
  /** Milliseconds since 1970, after the last call of the case. */
  readonly at: number;
  readonly by: string;
  readonly step:
    | { readonly kind: "acknowledge"; readonly note: string; readonly said: readonly Said[] }
    /** `checked`: what was looked at on the day of the check, where it has come by the story's end. */
    | ({ readonly kind: "resolve"; readonly checked: string | null } & Omit<ResolveInput, "analysis"> & {
          readonly analysis: AnalysisInput;
        })
    | { readonly kind: "accept"; readonly reason: string; readonly until: number; readonly by: string };
};

type ResolveStep = Extract<Act["step"], { kind: "resolve" }>;

export type CaseWorkContext = {
  readonly tenant: { readonly id: string; readonly slug: string };
  /** When the project behind the tenant's key was attested. */
  readonly attestedAt: number;
  readonly end: number;
};

/** What the officers did about the findings of the story. What nobody has looked at yet stays open. */
export async function doCaseWork(context: CaseWorkContext): Promise<void> {
  const { slug } = context.tenant;
  for (const act of actsOf(context)) {
    const officer = await demoPerson(act.by, context.tenant);
    for (const finding of await casesOf(officer, slug, act.cause)) {
      // A run cut short may have done it before.
      if (finding.state !== "open") continue;
      if (act.application !== undefined && finding.application !== act.application) continue;
      await perform(act, officer, finding, context);
    }
  }
}

async function perform(
  act: Act,
  officer: Actor,
  { id }: FindingListItem,
  context: CaseWorkContext,
): Promise<void> {
  const options = { at: new Date(act.at), tenant: context.tenant.slug };
  if (act.step.kind === "acknowledge") {
    await acknowledgeFinding(officer, { id, note: act.step.note }, options);
    for (const { at, by, ...said } of act.step.said)
      await commentOnFinding(
        await demoPerson(by, context.tenant),
        { id, ...said },
        { ...options, at: new Date(at) },
      );
  } else if (act.step.kind === "accept") await accept(act.step, officer, id, context, options);
  else await resolve(act.step, officer, id, context, options);
}

/** A month later the same officer looks whether it came again, where the step says what he saw. */
async function resolve(
  { kind: _kind, checked, ...said }: ResolveStep,
  officer: Actor,
  id: string,
  { end }: CaseWorkContext,
  options: { readonly at: Date; readonly tenant: string },
): Promise<void> {
  await resolveFinding(officer, { id, ...said }, options);
  const at = new Date(options.at.getTime() + checkDays * dayMs + 3_600_000);
  if (checked === null || at.getTime() > end) return;
  await checkFinding(officer, { id, outcome: "effective", note: checked }, { ...options, at });
}

/** One asks, another approves an hour later. */
async function accept(
  { reason, until, by }: Extract<Act["step"], { kind: "accept" }>,
  officer: Actor,
  findingId: string,
  context: CaseWorkContext,
  options: { readonly at: Date; readonly tenant: string },
): Promise<void> {
  const { id: exceptionId } = await requestException(
    officer,
    {
      findingId,
      kind: "mitigated",
      reason,
      expiresAt: new Date(until).toISOString(),
      transferMechanism: "Standard contractual clauses, module two",
      ticket: null,
    },
    options,
  );
  const at = new Date(options.at.getTime() + 3_600_000);
  const note = "Agreed until the list is checked.";
  await approveException(
    await demoPerson(by, context.tenant),
    { findingId, exceptionId, note },
    { ...options, at },
  );
}

function actsOf({ tenant, attestedAt, end }: CaseWorkContext): Act[] {
  const lookedUp: ResolveStep = {
    kind: "resolve",
    resolution: "config_fix",
    note: "The project was looked up: it is pinned to Europe. Attested under Settings, Tenants.",
    analysis: {
      rootCause: "process_failure",
      explanation: "The project was put into use before anybody had looked up where it is pinned.",
      action:
        "A project is attested before the first key for it is handed out; the checklist for new tenants says so.",
      actionOwner: "Platform team",
      actionDueAt: new Date(attestedAt + 14 * dayMs).toISOString(),
    },
    checked: "No call of the kind since. The list of projects was compared with the attestations.",
  };
  const pinned: Act = {
    cause: "project_not_pinned",
    at: attestedAt + 35 * 60_000,
    by: "Katrin Vogel",
    step: lookedUp,
  };
  switch (tenant.slug) {
    case "nordbank-eu":
      return [
        pinned,
        {
          ...pinned,
          cause: "pin_unknown",
          step: {
            ...lookedUp,
            note: "Stored responses of the first day: the project is pinned to Europe, as attested since.",
          },
        },
      ];
    case "meridian-hybrid":
      return [{ ...pinned, by: "Jonas Lind" }];
    case "nordbank-apps":
      return [
        {
          cause: "pin_unknown",
          application: "Loan desk",
          at: workingDay(end, 34, 9, 20),
          by: "Katrin Vogel",
          step: {
            kind: "resolve",
            resolution: "config_fix",
            note: "Release 4.2 had dropped store=false at the loan desk. Release 4.2.1 says it again.",
            analysis: {
              rootCause: "human_error",
              explanation:
                "The option was lost when the client library was renewed, and the review did not see it.",
              action: "A test of the loan desk's pipeline fails when a request does not say store=false.",
              actionOwner: "Loan desk engineering",
              actionDueAt: new Date(workingDay(end, 20, 17)).toISOString(),
            },
            checked: null,
          },
        },
        {
          cause: "attempted_egress",
          at: workingDay(end, 3, 8, 5),
          by: "Jonas Lind",
          step: {
            kind: "acknowledge",
            note: "One laptop in treasury. Its owner was asked to set the base URL to eu.api.openai.com.",
            said: [
              {
                at: workingDay(end, 2, 9, 15),
                by: "Helen Marsh",
                note: "How is it known that it was one laptop only?",
              },
              {
                at: workingDay(end, 2, 9, 50),
                by: "Katrin Vogel",
                note: "Jonas, please ask network operations for the lease of that day before we answer.",
                audience: "not_auditors",
              },
            ],
          },
        },
        {
          cause: "third_party_tool",
          at: workingDay(end, 2, 10, 40),
          by: "Jonas Lind",
          step: {
            kind: "accept",
            reason:
              "The vendor of the tool says by contract that it processes in Frankfurt. Its list of sub-processors is still to be checked.",
            until: end + 12 * 86_400_000,
            by: "Katrin Vogel",
          },
        },
      ];
    default:
      return [];
  }
}

async function casesOf(
  actor: Actor,
  tenant: string,
  cause: FindingCause,
): Promise<readonly FindingListItem[]> {
  const { items } = await listFindings(actor, {
    tenant,
    state: [],
    severity: [],
    cause: [cause],
    application: [],
    data: [],
    environment: [],
    owner: [],
    limit: 200,
  });
  return items;
}
