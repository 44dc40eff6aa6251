import type { CanonicalValue } from "../canonical.ts";
import { attemptsInOrder } from "./attempts-in-order.ts";
import { type CallEntryInput, callBody } from "./call-body.ts";
import type { EntryDraft, EntryOpening } from "./entry-draft.ts";
import { asMembers, type CanonicalObject } from "./field-codec.ts";

/** A recorded call as an entry. Personal fields are committed to, not written. */
export function callDraft(input: CallEntryInput): EntryDraft {
  return draftOf("call", input);
}

/** An end that came after the sweeper had recorded the call without one. */
export function lateOutcomeDraft(input: CallEntryInput): EntryDraft {
  return draftOf("late_outcome", input);
}

/** Name of the commitment to the address of the attempt that is listed at this place, from 1. */
export function peerAddressField(place: number): string {
  return `peer_address_${place}`;
}

function draftOf(type: "call" | "late_outcome", input: CallEntryInput): EntryDraft {
  const body = callBody(input);
  return { type, body, openings: [...personal(input), ...addresses(input, body)] };
}

/** Whoever erases an end user erases with it the id by which the client knows that user's request. */
function personal({ record }: CallEntryInput): EntryOpening[] {
  const { endUser, clientRequestId } = record;
  const subject = endUser === null ? {} : { subject: endUser };
  return [
    ...(endUser === null ? [] : [{ field: "end_user", value: endUser, ...subject }]),
    ...(clientRequestId === null ? [] : [{ field: "client_request_id", value: clientRequestId, ...subject }]),
  ];
}

function addresses(input: CallEntryInput, body: CanonicalObject): EntryOpening[] {
  return attemptsInOrder(input)
    .slice(0, listedIn(body.attempts ?? []))
    .flatMap(({ facts: { peer } }, i) =>
      peer === null ? [] : [{ field: peerAddressField(i + 1), value: peer.address }],
    );
}

/** How many items a list holds, whole or cut. */
function listedIn(list: CanonicalValue): number {
  if (Array.isArray(list)) return list.length;
  const { items } = asMembers(list, "body.attempts");
  return Array.isArray(items) ? items.length : 0;
}
