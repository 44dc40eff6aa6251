import { markBootEnded } from "../../db/gateway-boot.ts";

/** The last thing a gateway does after its calls are recorded. What is open then is swept at once. */
export async function endBoot(bootId: string): Promise<void> {
  await markBootEnded(bootId);
}
