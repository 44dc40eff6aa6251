import type { CanonicalValue } from "../canonical.ts";
import { text } from "./cut-codec.ts";
import { type Detail, detailCodec } from "./detail-codec.ts";
import type { EntryDraft, EntryOpening } from "./entry-draft.ts";
import { nullable, objectOf, oneOf, snakeCase } from "./field-codec.ts";

/** Something that somebody did: in a tenant, or for the whole deployment. */
export type LedgerEvent = {
  readonly id: string;
  /** RFC 3339 UTC with milliseconds. */
  readonly at: string;
  readonly actor: ActorKind;
  readonly actorId: string;
  readonly actorName: string;
  /** `noun.verb`, past. */
  readonly kind: string;
  readonly subject: string;
  readonly detail: Detail;
};

type ActorKind = "person" | "gateway" | "system";

export type EventBody = {
  readonly id: string;
  readonly happenedAt: string;
  readonly kind: string;
  readonly subject: string;
  /** `name` null: a person's, committed to as `actor_name`. */
  readonly actor: { readonly kind: ActorKind; readonly id: string; readonly name: string | null };
  /** Without what names a person: committed to as `detail_<name>`. */
  readonly detail: Detail;
};

const codec = objectOf<EventBody>({
  id: text(64),
  happenedAt: text(24),
  kind: text(64),
  subject: text(256),
  actor: objectOf<EventBody["actor"]>({
    kind: oneOf<ActorKind>({ person: true, gateway: true, system: true }),
    id: text(128),
    name: nullable(text(128)),
  }),
  detail: detailCodec,
});

/** Members of a detail that name a person: an address, an owner, or whoever did something. */
const namesPerson = /^(?:email|owner|ownerBefore|[a-z][a-zA-Z]{0,27}By)$/;

/** An event as an entry. A person is named by an id; the name is committed to and can be erased. */
export function eventDraft(event: LedgerEvent): EntryDraft {
  const { id, at, kind, subject, actor, actorId, actorName } = event;
  const isPerson = actor === "person";
  const details = Object.entries(event.detail);
  const body: EventBody = {
    id,
    happenedAt: at,
    kind,
    subject,
    actor: { kind: actor, id: actorId, name: isPerson ? null : actorName },
    detail: Object.fromEntries(details.filter(([name]) => !namesPerson.test(name))),
  };
  const openings: EntryOpening[] = isPerson
    ? [{ field: "actor_name", value: actorName, subject: actorId }]
    : [];
  for (const [name, value] of details) {
    if (!namesPerson.test(name) || value === null || value === undefined) continue;
    const said = typeof value === "string" ? value : JSON.stringify(value);
    openings.push({ field: `detail_${snakeCase(name)}`, value: said, subject: said });
  }
  return { type: "event", body: codec.write(body), openings };
}

export function readEventBody(value: CanonicalValue): {
  readonly body: EventBody;
  readonly cuts: readonly string[];
} {
  const cuts: string[] = [];
  return { body: codec.read(value, "body", cuts), cuts };
}
