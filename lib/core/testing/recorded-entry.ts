import { expect } from "vitest";
import {
  type CallEntryInput,
  judgeInputs,
  type ReadCall,
  readCallBody,
} from "../ledger/entries/call-body.ts";
import { callDraft } from "../ledger/entries/call-draft.ts";
import { decodeEntry, encodeEntry } from "../ledger/entries/entry.ts";
import { type CallQuestion, judgeCall } from "../verdicts/judge.ts";
import { recordedCall } from "./recorded-call.ts";

/** A recorded call as the bytes of an entry. */
export function bytesOf(input: CallEntryInput): Uint8Array {
  const { type, body } = callDraft(input);
  const log = "domicile.ledger/abcdefghijklmnopqrstuvwxyz/e1";
  return encodeEntry({ log, index: 7, at: "2026-11-22T09:00:01.000Z", type, body });
}

export function throughBytes(input: CallEntryInput): ReadCall {
  return readCallBody(decodeEntry(bytesOf(input)).body);
}

/**
 * Judges again from the bytes alone, with the policy and catalog that they name. Nothing may differ but the name of
 * whoever attested a pin, which a sentence says and the bytes do not.
 */
export function expectSameJudgement(given: CallQuestion): void {
  const input = recordedCall(given);
  const read = throughBytes(input);
  const inputs = judgeInputs(read);
  if (inputs === null) throw new Error(`Cut: ${read.cuts}`);
  const again = judgeCall({ ...inputs, policy: given.policy, catalog: given.catalog });
  const unnamed = recordedCall({ ...given, pin: { ...given.pin, attestedBy: null } });
  expect(again.call).toEqual(unnamed.judgement);
  expect(again.attempts).toEqual(unnamed.attempts.map(({ judgement }) => judgement));
  const { claims, ...rest } = input.judgement;
  expect(read.body).toMatchObject(rest);
  expect(read.body.claims).toEqual(claims.map(({ claim, value, grade }) => ({ claim, value, grade })));
}
