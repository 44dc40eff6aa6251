import type { CallIntent } from "../../core/calls/call-record.ts";
import { insertIntents } from "../../db/call-intent.ts";

/** The boot may open no more calls: its lease ran out and the sweeper closes what it left. */
export class BootFenced extends Error {
  override readonly name = "BootFenced";
}

/**
 * Makes the intents durable, of any number of tenants, in one statement. All are in when it returns and none when it
 * throws. Call it before the first byte of the first of them leaves.
 *
 * crash: a process that dies after this and before the call is recorded leaves the intent to the sweeper.
 */
export async function openIntents(intents: readonly CallIntent[]): Promise<void> {
  const bootId = intents[0]?.bootId;
  if (bootId === undefined) return;
  if (intents.some((intent) => intent.bootId !== bootId)) throw new Error("One batch of intents, one boot.");
  if ((await insertIntents(bootId, intents)) === 0)
    throw new BootFenced("The lease of this gateway run has ended.");
}
