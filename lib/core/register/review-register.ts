import { dayNumber } from "../calendar.ts";
import { eeaAndSwitzerland } from "../regions/openai/countries.ts";
import type { RegisterContent, RegisterItem, RegisterKind } from "./register.ts";
import { registerKindIds } from "./register.ts";
import { isNeeded } from "./register-field.ts";
import { registerItemTitle, registerKinds } from "./register-kinds.ts";

/** What about a tenant makes an item expected of it. */
export type RegisterNeeds = {
  /** Its policy confines content to places. */
  readonly promisesRegion: boolean;
  /** Its policy lets content go to a third country, or to a host without a location promise. */
  readonly allowsTransfer: boolean;
};

/**
 * `missing`: expected, and there is none. `incomplete`: a field or the document's hash. `expired`, `not_yet_valid`,
 * `review_overdue` on that day; `expires_soon`, `review_soon` within 30 days of it.
 */
export type RegisterGapReason =
  | "missing"
  | "incomplete"
  | "expired"
  | "not_yet_valid"
  | "review_overdue"
  | "expires_soon"
  | "review_soon";

export type RegisterGap = {
  readonly kind: RegisterKind;
  /** Null where there is no item. */
  readonly item: string | null;
  readonly reason: RegisterGapReason;
  /** Field, or `document`; null where the whole item is meant. */
  readonly field: string | null;
  /** UTC day; null where none was named. */
  readonly due: string | null;
  /** For a reader of the page and of the report. */
  readonly sentence: string;
};

const soonDays = 30;

/**
 * What a tenant's register lacks on a UTC day, the gravest first. Pure, so that whoever verifies a report gets the same
 * list from the items in it.
 */
export function reviewRegister(
  items: readonly RegisterItem[],
  needs: RegisterNeeds,
  on: string,
): readonly RegisterGap[] {
  const day = on.slice(0, 10);
  const recorded = items.filter(({ content }) => content.state === "recorded");
  const missing = registerKindIds
    .filter(
      (kind) => isExpected(kind, needs, recorded) && !recorded.some(({ content }) => content.kind === kind),
    )
    .map((kind): RegisterGap => {
      const sentence = `${registerKinds[kind].title}: not in the register.`;
      return { kind, item: null, reason: "missing", field: null, due: null, sentence };
    });
  const found = recorded.flatMap((item) => [...gapsOfDays(item, day), ...gapsOfFields(item)]);
  return [...missing, ...found].sort(
    (a, b) => order.indexOf(a.reason) - order.indexOf(b.reason) || byKind(a.kind, b.kind),
  );
}

const order: readonly RegisterGapReason[] = [
  "missing",
  "expired",
  "review_overdue",
  "not_yet_valid",
  "incomplete",
  "expires_soon",
  "review_soon",
];

/** Whether a report of this tenant ought to print one of this kind. */
export function isExpected(
  kind: RegisterKind,
  needs: RegisterNeeds,
  items: readonly RegisterItem[],
): boolean {
  const has = (of: RegisterKind, field: string, is: readonly string[]) =>
    items.some(({ content }) => content.kind === of && is.includes(content.fields[field] ?? ""));
  switch (kind) {
    case "organisation":
    case "system_description":
    case "processing_agreement":
      return true;
    case "residency_amendment":
    case "retention_approval":
      return needs.promisesRegion;
    case "transfer_mechanism":
      return needs.allowsTransfer && !items.some(({ content }) => isOutsideGdpr(content));
    case "transfer_assessment":
      return has("transfer_mechanism", "mechanism", ["scc", "bcr"]);
    case "dora_arrangement":
      return has("organisation", "financialEntity", ["yes"]);
  }
}

/** An organisation of another country exports under its own law, which the register does not know. */
function isOutsideGdpr({ kind, fields: { country } }: RegisterContent): boolean {
  return kind === "organisation" && country !== undefined && !eeaAndSwitzerland.includes(country);
}

function gapsOfFields({ id, content: { kind, fields, document } }: RegisterItem): RegisterGap[] {
  const spec = registerKinds[kind];
  const title = registerItemTitle(kind, fields);
  const gap = (field: string, what: string): RegisterGap => ({
    kind,
    item: id,
    reason: "incomplete",
    field,
    due: null,
    sentence: `${spec.title} “${title}”: ${what} is not recorded.`,
  });
  const empty = spec.fields.filter((field) => isNeeded(field, fields) && fields[field.key] === undefined);
  return [
    ...empty.map(({ key, label }) => gap(key, label)),
    ...(spec.hasDocument && document === null ? [gap("document", "The hash of the document")] : []),
  ];
}

function gapsOfDays({ id, content: { kind, fields } }: RegisterItem, day: string): RegisterGap[] {
  const { title } = registerKinds[kind];
  const name = `${title} “${registerItemTitle(kind, fields)}”`;
  const gaps: RegisterGap[] = [];
  const add = (reason: RegisterGapReason, field: string, due: string, words: string) =>
    gaps.push({ kind, item: id, reason, field, due, sentence: `${name}: ${words}` });
  const end = fields.validTo ?? fields.endOn;
  const endField = fields.validTo === undefined ? "endOn" : "validTo";
  if (end !== undefined && end < day) add("expired", endField, end, `ended on ${end}.`);
  else if (end !== undefined && daysBetween(day, end) <= soonDays)
    add("expires_soon", endField, end, `ends on ${end}.`);
  const begin = fields.validFrom ?? fields.startOn;
  if (begin !== undefined && begin > day)
    add(
      "not_yet_valid",
      fields.validFrom === undefined ? "startOn" : "validFrom",
      begin,
      `begins on ${begin}.`,
    );
  const review = fields.reviewDue;
  if (review !== undefined && review < day)
    add("review_overdue", "reviewDue", review, `its review was due on ${review}.`);
  else if (review !== undefined && daysBetween(day, review) <= soonDays)
    add("review_soon", "reviewDue", review, `its review is due on ${review}.`);
  return gaps;
}

/** From `from` to `to`; endless where one of them is no day. */
function daysBetween(from: string, to: string): number {
  return (dayNumber(to) ?? Number.POSITIVE_INFINITY) - (dayNumber(from) ?? 0);
}

function byKind(a: RegisterKind, b: RegisterKind): number {
  return registerKindIds.indexOf(a) - registerKindIds.indexOf(b);
}
