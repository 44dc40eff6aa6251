import { readRevision } from "../../db/deployment.ts";

/** Rises with every change to keys, policies, pins, credentials and tenants, in the transaction of that change. */
export async function readConfigRevision(): Promise<number> {
  return readRevision();
}
