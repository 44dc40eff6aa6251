import type { CanonicalValue } from "../canonical.ts";
import { attemptEntry, attemptsCodec, type JudgedAttempt } from "./attempt-codec.ts";
import { attemptsInOrder } from "./attempts-in-order.ts";
import { type CallEntryInput, callBody, callBodyText } from "./call-body.ts";
import type { EntryDraft, EntryOpening, WrittenDraft } from "./entry-draft.ts";
import { asMembers } from "./field-codec.ts";

/** A recorded call as an entry. Personal fields are committed to, not written. */
export function callDraft(input: CallEntryInput): EntryDraft {
  return { type: "call", body: callBody(input), openings: openingsOf(input) };
}

/** The same with its body as text. */
export function writtenCallDraft(input: CallEntryInput): WrittenDraft {
  return { type: "call", bodyText: callBodyText(input), openings: openingsOf(input) };
}

/** An end that came after the sweeper had recorded the call without one. */
export function lateOutcomeDraft(input: CallEntryInput): EntryDraft {
  return { type: "late_outcome", body: callBody(input), openings: openingsOf(input) };
}

/** Name of the commitment to the address of the attempt that is listed at this place, from 1. */
export function peerAddressField(place: number): string {
  return `peer_address_${place}`;
}

function openingsOf(input: CallEntryInput): EntryOpening[] {
  return personal(input).concat(addresses(input));
}

/** Whoever erases an end user erases with it the id by which the client knows that user's request. */
function personal({ record }: CallEntryInput): EntryOpening[] {
  const { endUser, clientRequestId } = record;
  if (endUser === null && clientRequestId === null) return [];
  const subject = endUser === null ? {} : { subject: endUser };
  return [
    ...(endUser === null ? [] : [{ field: "end_user", value: endUser, ...subject }]),
    ...(clientRequestId === null ? [] : [{ field: "client_request_id", value: clientRequestId, ...subject }]),
  ];
}

function addresses(input: CallEntryInput): EntryOpening[] {
  return listed(attemptsInOrder(input)).flatMap(({ facts: { peer } }, i) =>
    peer === null ? [] : [{ field: peerAddressField(i + 1), value: peer.address }],
  );
}

/** The attempts that the entry has room for; one always fits. */
function listed(attempts: readonly JudgedAttempt[]): readonly JudgedAttempt[] {
  if (attempts.length < 2) return attempts;
  return attempts.slice(0, listedIn(attemptsCodec.write(attempts.map(attemptEntry))));
}

/** How many items a list holds, whole or cut. */
function listedIn(list: CanonicalValue): number {
  if (Array.isArray(list)) return list.length;
  const { items } = asMembers(list, "body.attempts");
  return Array.isArray(items) ? items.length : 0;
}
