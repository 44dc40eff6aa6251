import { hostname } from "node:os";
import type { CallIntent } from "../../core/calls/call-record.ts";
import { insertSpooledBoot } from "../../db/call-intent.ts";

/** So long nobody else closes what of a spool is not recorded yet. Renewed like every lease. */
const leaseMs = 60_000;

/**
 * Takes the intents of one sealed spool, under the boot of their own that numbers them: all of them or none, and once,
 * however often it is asked.
 *
 * crash: the boot's row and its intents are one statement. A process that dies behind it leaves the records to whoever
 * takes its spool over, or, when the lease has run out, to the sweeper.
 */
export async function admitSpooled(bootId: string, intents: readonly CallIntent[]): Promise<void> {
  if (intents.length === 0) return;
  if (intents.some((intent) => intent.bootId !== bootId)) throw new Error("One spool, one boot.");
  await insertSpooledBoot({ id: bootId, instance: hostname(), leaseMs }, intents);
}
