import { millisecondsOf } from "../calendar.ts";
import { tellsBatches, type UsageKind } from "./usage-kind.ts";

/** Everything that is ever asked of an account at the provider. Each is one `GET`. */
export type AccountQuestion =
  | { readonly kind: "project"; readonly projectId: string }
  | { readonly kind: "project_retention"; readonly projectId: string }
  /** What holds for projects whose retention is `organization_default`. */
  | { readonly kind: "organization_retention" }
  | UsageQuestion;

export type UsageQuestion = {
  readonly kind: "usage";
  readonly usage: UsageKind;
  /** 1 to `usageProjectsMax`. Figures of no others are asked for. */
  readonly projectIds: readonly string[];
  /** Full UTC hours, RFC 3339; `from` counts in, `to` does not. */
  readonly from: string;
  readonly to: string;
  /** `next` of the answer before; null: the first page. */
  readonly page: string | null;
};

/** The one host an admin key is ever sent to: the admin API has no other (client `openai` 7.57.0, read 2026-11-30). */
export const accountHost = "api.openai.com";

/** So many fit beside everything else in a token that permits the question. */
export const usageProjectsMax = 8;

/** Of one page. The provider gives up to 168 (usage.d.ts of the client `openai` 7.57.0, read 2026-11-30); a day keeps an answer small. */
const hoursOfPage = 24;

/** What the provider says of a project, in its own words. */
export type ProjectAnswer = {
  readonly id: string;
  readonly name: string | null;
  /** `active` or `archived`. */
  readonly status: string | null;
  /** `GLOBAL`, `EU_STORAGE_PROCESSING`, …; null: it said none. */
  readonly residency: string | null;
};

/** `zero_data_retention`, `organization_default`, …, as the provider writes it. */
export type RetentionAnswer = { readonly retention: string };

/** What the provider counted of a project in an hour. Hours without requests are missing. */
export type UsageRow = {
  readonly projectId: string;
  /** Start of a UTC hour, RFC 3339. */
  readonly hour: string;
  /** As the provider names it; null: it named none. */
  readonly model: string | null;
  /** Requests of batches; null where the endpoint does not tell them apart, so that they may be among the others. */
  readonly batch: boolean | null;
  readonly requests: number;
  /** null where the endpoint counts no tokens. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
};

export type UsageAnswer = {
  readonly rows: readonly UsageRow[];
  /** Asks for the following page; null: this was the last. */
  readonly next: string | null;
};

type Answers = {
  readonly project: ProjectAnswer;
  readonly project_retention: RetentionAnswer;
  readonly organization_retention: RetentionAnswer;
  readonly usage: UsageAnswer;
};
export type AnswerOf<Question extends AccountQuestion> = Answers[Question["kind"]];

/**
 * Whether an id can be asked for: a plain word. A person may have written anything for a project's id, and a path of dots
 * or slashes would ask something else.
 */
export function isProjectId(id: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/.test(id);
}

/**
 * Path and search of the `GET` that asks, as the client `openai` 7.57.0 writes it (`resources/admin/organization`, lists
 * with brackets; read 2026-11-30). Throws for an id that `isProjectId` refuses.
 */
export function pathOfQuestion(question: AccountQuestion): string {
  const base = "/v1/organization";
  switch (question.kind) {
    case "project":
      return `${base}/projects/${plain(question.projectId)}`;
    case "project_retention":
      return `${base}/projects/${plain(question.projectId)}/data_retention`;
    case "organization_retention":
      return `${base}/data_retention`;
    case "usage":
      return `${base}/usage/${question.usage}?${searchOf(question)}`;
  }
}

function searchOf({ usage, projectIds, from, to, page }: UsageQuestion): string {
  const groups = ["project_id", "model", ...(tellsBatches(usage) ? ["batch"] : [])];
  const fields: readonly (readonly [string, string])[] = [
    ["start_time", unixSeconds(from)],
    ["end_time", unixSeconds(to)],
    ["bucket_width", "1h"],
    ["limit", String(hoursOfPage)],
    ...projectIds.map((id) => ["project_ids[]", plain(id)] as const),
    ...groups.map((group) => ["group_by[]", group] as const),
    ...(page === null ? [] : [["page", page] as const]),
  ];
  return fields.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join("&");
}

function plain(id: string): string {
  if (!isProjectId(id)) throw new Error("This is no id of a project.");
  return id;
}

function unixSeconds(at: string): string {
  return String(Math.floor(millisecondsOf(at) / 1000));
}
