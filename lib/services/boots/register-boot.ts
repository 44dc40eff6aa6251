import { hostname } from "node:os";
import { v7 } from "uuid";
import { insertBoot } from "../../db/gateway-boot.ts";

/** A gateway that has not renewed for this long is taken for dead, and its open calls are recorded without an end. */
export const leaseMs = 15_000;

/** Registers one run of a gateway. Renew at a third of `leaseMs`. */
export async function registerBoot(input: {
  relayCountry: string | null;
  instance?: string;
}): Promise<{ bootId: string; leaseMs: number }> {
  const bootId = v7();
  await insertBoot({
    id: bootId,
    instance: input.instance ?? hostname(),
    relayCountry: input.relayCountry,
    leaseMs,
  });
  return { bootId, leaseMs };
}
