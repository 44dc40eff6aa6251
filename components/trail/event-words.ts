import type { TrailEvent } from "../../lib/contracts/trail.ts";
import { usageKindWords, usageStateWords } from "../../lib/core/accounts/usage-words.ts";
import { exportedKinds, viewedKinds } from "../../lib/core/trail/evidence-kinds.ts";
import { resolutionWords } from "../findings/resolution-words.ts";
import { formatDay } from "../ui/format-day.ts";

/** An event in a line. What we have no words for is said as it is named. */
export function eventWords({
  kind,
  subject,
  detail,
  finding,
}: Pick<TrailEvent, "kind" | "subject" | "detail" | "finding">): string {
  if (kind === "evidence.viewed" || kind === "evidence.exported") return evidenceWords(kind, subject, detail);
  if (kind === "report.exported") return packWords(detail);
  if (kind.startsWith("membership.") || kind.startsWith("person.")) return peopleWords(kind, subject, detail);
  if (kind === "session.opened" && typeof detail.way === "string")
    return `Session opened: ${openedBy(detail.way)}`;
  if (kind === "session.confirmed" && typeof detail.way === "string")
    return `Confirmed who holds the session: ${openedBy(detail.way)}`;
  if (kind === "finding.resolved") return resolvedWords(nounOf(kind, finding), detail);
  if (kind === "playground_call.allowed") return sentWords(subject, detail);
  if (kind === "usage.compared") return comparedWords(detail);
  const ofProvider = providerWords[kind];
  if (ofProvider) return typeof detail.name === "string" ? `${ofProvider}: ${detail.name}` : ofProvider;
  const [, verb = ""] = kind.split(".");
  const words = `${nounOf(kind, finding)} ${verb}`.replaceAll("_", " ");
  const name = detail.title ?? detail.name ?? detail.reference;
  const sentence = words.charAt(0).toUpperCase() + words.slice(1);
  return typeof name === "string" ? `${sentence}: ${name}` : sentence;
}

/** `finding F-12` of what happened to one, `gateway_key` of a key. */
function nounOf(kind: string, finding: string | null): string {
  const [noun = ""] = kind.split(".");
  return finding === null ? noun : `${noun} ${finding}`;
}

function resolvedWords(noun: string, { resolution }: TrailEvent["detail"]): string {
  const known: Readonly<Record<string, { readonly title: string } | undefined>> = resolutionWords;
  const title = known[String(resolution)]?.title;
  const resolved = `${noun.charAt(0).toUpperCase()}${noun.slice(1)} resolved`;
  return title === undefined ? resolved : `${resolved}: ${title.toLowerCase()}`;
}

/** What is read at the provider with the admin key of an organization: accounts there, not of people here. */
const providerWords: Readonly<Record<string, string>> = {
  "account.added": "Admin key of an organization added",
  "account.replaced": "Admin key of an organization replaced",
  "account.revoked": "Admin key of an organization removed",
  "account.reading_wanted": "Reading of an organization asked for",
  "credential.project_named": "Project of a provider key named",
  "project.stated": "OpenAI's word on a project",
  "pin.read": "Pin read from OpenAI's admin API",
};

/** A download of a report: the whole pack, or a part of it. */
function packWords({ name, part }: TrailEvent["detail"]): string {
  return `Took along ${part === "pack" ? "report pack" : `${part} of report pack`} ${name}`;
}

function openedBy(way: string): string {
  return way === "single_sign_on" ? "by single sign-on" : `with ${way.replaceAll("_", " ")}`;
}

/** The gateway records each such call with its request id. */
function sentWords(subject: string, { objects }: TrailEvent["detail"]): string {
  if (typeof objects === "number" && objects > 1)
    return `Was allowed ${objects} calls from a page within a minute`;
  return `Was allowed a call from a page, with the request id ${subject}`;
}

/** A settled day of a project beside the provider's figures. */
function comparedWords({
  projectId,
  day,
  kind,
  state,
  missing,
  providerRequests,
}: TrailEvent["detail"]): string {
  const known: Readonly<Record<string, { readonly title: string } | undefined>> = usageStateWords;
  const kinds: Readonly<Record<string, string | undefined>> = usageKindWords;
  const what = kinds[String(kind)]?.toLowerCase() ?? String(kind);
  const stands = known[String(state)]?.title.toLowerCase() ?? String(state);
  const told = state === "more_at_provider" ? `${missing} of ${providerRequests} ${stands}` : stands;
  const on = typeof day === "string" ? formatDay(day) : day;
  return `Compared with OpenAI's figures: ${projectId}, ${on}, ${what}: ${told}`;
}

function evidenceWords(
  kind: string,
  subject: string,
  { what, looks, objects }: TrailEvent["detail"],
): string {
  const verb = kind === "evidence.viewed" ? "Looked at" : "Took along";
  const known = {
    ...viewedKinds,
    ...Object.fromEntries(Object.entries(exportedKinds).map(([id, noun]) => [id, { noun }])),
  };
  const noun =
    (known as Record<string, { readonly noun: string } | undefined>)[String(what)]?.noun ?? String(what);
  const times = typeof looks === "number" && looks > 1 ? `, ${looks} times within a minute` : "";
  if (typeof objects === "number" && objects > 1) return `${verb} ${objects} × ${noun}${times}`;
  return `${verb} ${noun} ${subject}${times}`;
}

/** What was done about somebody's access. The name is his, not of whoever did it; erased, his id stands for it. */
function peopleWords(
  kind: string,
  subject: string,
  { email, role, roleBefore, accountMadeBy }: TrailEvent["detail"],
): string {
  const who = typeof email === "string" ? email : subject;
  const maker = typeof accountMadeBy === "string" ? `; the account was made by ${accountMadeBy}` : "";
  if (kind === "membership.created") return `Member added: ${who}, as ${role}${maker}`;
  if (kind === "membership.role_changed") return `Role changed: ${who}, from ${roleBefore} to ${role}`;
  if (kind === "membership.removed") return `Member removed: ${who}, who was ${role}`;
  const special = personWords[kind];
  if (special) return `${special}: ${who}`;
  const verb = kind.slice("person.".length).replaceAll("_", " ");
  return `${verb.startsWith("password") ? `P${verb.slice(1)}` : `Person ${verb}`}: ${who}`;
}

/** Where the kind itself reads badly. */
const personWords: Readonly<Record<string, string>> = {
  "person.administration_granted": "Made an administrator of the deployment",
  "person.administration_withdrawn": "No longer an administrator of the deployment",
  "person.second_factor_begun": "Began to enrol a second factor",
  "person.second_factor_enrolled": "Enrolled a second factor",
  "person.second_factor_removed": "Removed a second factor",
  "person.second_factor_reset": "Second factor reset",
  "person.let_in": "Let in with a password for an hour",
  "person.identity_bound": "Bound to an account of the identity provider",
  "person.identity_unbound": "Unbound from the identity provider",
};
