import { extendLease } from "../../db/gateway-boot.ts";
import { leaseMs } from "./register-boot.ts";

/**
 * True while the boot is alive for others, too. False: its calls are being recorded without an end by the sweeper, and
 * this process must register a new boot before it opens another intent.
 */
export async function renewLease(bootId: string): Promise<boolean> {
  return extendLease(bootId, leaseMs);
}
