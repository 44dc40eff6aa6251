import type { FindingListItem, ResolveInput } from "../../lib/contracts/findings.ts";
import type { FindingCause } from "../../lib/core/verdicts/verdict.ts";
import { findPersonByEmail } from "../../lib/db/person.ts";
import type { Actor } from "../../lib/services/actor.ts";
import { acknowledgeFinding } from "../../lib/services/findings/acknowledge-finding.ts";
import { listFindings } from "../../lib/services/findings/list-findings.ts";
import { resolveFinding } from "../../lib/services/findings/resolve-finding.ts";
import { type PersonSpec, peopleSpecs } from "./people-specs.ts";
import { workingDay } from "./story/scenes.ts";

type Act = {
  readonly cause: FindingCause;
  /** Milliseconds since 1970, after the last call of the case. */
  readonly at: number;
  readonly by: string;
  readonly step:
    | { readonly kind: "acknowledge"; readonly note: string }
    | ({ readonly kind: "resolve" } & ResolveInput);
};

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
    const officer = await signedIn(act.by, context);
    for (const finding of await casesOf(officer, slug, act.cause)) {
      // A run cut short may have done it before.
      if (finding.state !== "open") continue;
      await perform(act, officer, finding, slug);
    }
  }
}

async function perform(act: Act, officer: Actor, { id }: FindingListItem, tenant: string): Promise<void> {
  const options = { at: new Date(act.at), tenant };
  if (act.step.kind === "acknowledge")
    await acknowledgeFinding(officer, { id, note: act.step.note }, options);
  else await resolveFinding(officer, { id, resolution: act.step.resolution, note: act.step.note }, options);
}

function actsOf({ tenant, attestedAt, end }: CaseWorkContext): Act[] {
  const pinned: Act = {
    cause: "project_not_pinned",
    at: attestedAt + 35 * 60_000,
    by: "Katrin Vogel",
    step: {
      kind: "resolve",
      resolution: "config_fix",
      note: "The project was looked up: it is pinned to Europe. Attested under Settings, Tenants.",
    },
  };
  switch (tenant.slug) {
    case "nordbank-eu":
      return [
        pinned,
        {
          ...pinned,
          cause: "pin_unknown",
          step: {
            kind: "resolve",
            resolution: "config_fix",
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
          at: workingDay(end, 34, 9, 20),
          by: "Katrin Vogel",
          step: {
            kind: "resolve",
            resolution: "config_fix",
            note: "Release 4.2 had dropped store=false at the loan desk. Release 4.2.1 says it again.",
          },
        },
        {
          cause: "attempted_egress",
          at: workingDay(end, 3, 8, 5),
          by: "Jonas Lind",
          step: {
            kind: "acknowledge",
            note: "One laptop in treasury. Its owner was asked to set the base URL to eu.api.openai.com.",
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

/** One of the demo's people as the actor of a verb. No session stands behind it: nobody signed in. */
async function signedIn(name: string, { tenant }: CaseWorkContext): Promise<Actor> {
  const spec: PersonSpec | undefined = peopleSpecs.find((person) => person.name === name);
  const person = spec && (await findPersonByEmail(spec.email));
  if (!spec || !person) throw new Error(`The demo has nobody called ${name}.`);
  return {
    kind: "person",
    personId: person.id,
    sessionId: "",
    email: spec.email,
    name,
    deploymentAdmin: false,
    memberships: [{ tenantId: tenant.id, slug: tenant.slug, role: spec.role }],
  };
}
