import { describe, expect, it } from "vitest";
import type { CanonicalValue } from "../canonical.ts";
import { decodeEntry, EntryError, encodeEntry } from "./entry.ts";
import type { EntryDraft } from "./entry-draft.ts";
import { epochOpenedDraft, readEpochBody } from "./epoch-body.ts";
import { eventDraft, type LedgerEvent, readEventBody } from "./event-body.ts";
import { readEntry } from "./read-entry.ts";
import { readSignerBody, type SignerBody, signerDraft } from "./signer-body.ts";

const event: LedgerEvent = {
  id: "019aab00-0000-7000-8000-000000000e01",
  at: "2026-11-22T09:00:00.000Z",
  actor: "person",
  actorId: "019aab00-0000-7000-8000-0000000000a1",
  actorName: "M. Roth",
  kind: "key.created",
  subject: "019aab00-0000-7000-8000-0000000000c1",
  detail: {
    name: "crm",
    hosts: ["eu.api.openai.com"],
    policySha256: "ab",
    isFirst: true,
    days: 90,
    until: null,
  },
};

function throughBytes({ type, body }: EntryDraft): CanonicalValue {
  const log = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";
  return decodeEntry(encodeEntry({ log, index: 1, at: "2026-11-22T09:00:01.000Z", type, body })).body;
}

describe("an event's entry", () => {
  it("says what was done, to what and by whom, and every detail under its own name", () => {
    const { body, cuts } = readEventBody(throughBytes(eventDraft(event)));
    expect(body).toEqual({
      id: event.id,
      happenedAt: event.at,
      kind: "key.created",
      subject: event.subject,
      actor: { kind: "person", id: event.actorId, name: null },
      detail: event.detail,
    });
    expect(cuts).toEqual([]);
  });

  it("never holds a person's name or address: it commits to them, findable by the person", () => {
    const detail = {
      email: "a@b.example",
      owner: null,
      ownerBefore: "Owner O.",
      requestedBy: "Requester R.",
      publishedBy: "Publisher P.",
      role: "admin",
    };
    const draft = eventDraft({ ...event, detail });
    expect(readEventBody(throughBytes(draft)).body.detail).toEqual({ role: "admin" });
    expect(draft.openings).toEqual([
      { field: "actor_name", value: "M. Roth", subject: event.actorId },
      { field: "detail_email", value: "a@b.example", subject: "a@b.example" },
      { field: "detail_owner_before", value: "Owner O.", subject: "Owner O." },
      { field: "detail_requested_by", value: "Requester R.", subject: "Requester R." },
      { field: "detail_published_by", value: "Publisher P.", subject: "Publisher P." },
    ]);
  });

  it("names a process of our own in clear", () => {
    const draft = eventDraft({ ...event, actor: "system", actorId: "retention", actorName: "Domicile" });
    expect(draft.openings).toEqual([]);
    expect(readEventBody(draft.body).body.actor).toEqual({
      kind: "system",
      id: "retention",
      name: "Domicile",
    });
  });

  it("gives the same bytes whatever order details were said in", () => {
    const { detail, ...rest } = event;
    const turned = Object.fromEntries(Object.entries(detail).reverse());
    expect(eventDraft({ ...rest, detail: turned }).body).toEqual(eventDraft(event).body);
  });

  it("fits with any detail; what is too long is cut and says so", () => {
    const long = "\u0001".repeat(20_000);
    const names = Array.from({ length: 50 }, (_, i) => [
      `${long}${i}`,
      Array.from({ length: 50 }, () => long),
    ]);
    const draft = eventDraft({ ...event, subject: long, detail: Object.fromEntries(names) });
    expect(readEventBody(throughBytes(draft)).cuts).toEqual(
      expect.arrayContaining(["body.subject", "body.detail"]),
    );
  });

  it("holds any number: what is not whole stands in its digits", () => {
    const draft = eventDraft({ ...event, detail: { "Any Name": 0.5, zero: -0, days: 90 } });
    expect(readEventBody(throughBytes(draft)).body.detail).toEqual({ "Any Name": "0.5", zero: 0, days: 90 });
  });
});

describe("what signer and epochs say", () => {
  const statement: SignerBody = {
    id: "019aab00-0000-7000-8000-000000000f01",
    saidAt: "2026-11-22T09:00:00.000Z",
    kind: "frozen",
    epoch: 1,
    atIndex: 41,
    sentence: "Entry 41 is not what was signed.",
    detail: { size: 50 },
  };

  it("reads back as it was said", () => {
    expect(readSignerBody(throughBytes(signerDraft(statement)))).toEqual(statement);
    const opened = {
      epoch: 2,
      reason: "key compromised",
      previous: { origin: "o/e1", size: 9, root: "cm9vdA==" },
    };
    expect(readEpochBody(throughBytes(epochOpenedDraft(opened)))).toEqual(opened);
    const first = { epoch: 1, reason: null, previous: null };
    expect(readEpochBody(throughBytes(epochOpenedDraft(first)))).toEqual(first);
  });

  it("2.17 row 14: an unknown kind of statement is refused", () => {
    const body = { ...(throughBytes(signerDraft(statement)) as object), kind: "rested" };
    expect(() => readSignerBody(body)).toThrow(EntryError);
  });

  it("is found by the entry's type", () => {
    const entry = { log: "o", index: 0, at: statement.saidAt, ...signerDraft(statement) };
    expect(readEntry(entry)).toEqual({ type: "signer", statement });
    expect(() => readEntry({ ...entry, type: "event" })).toThrow(EntryError);
  });
});
