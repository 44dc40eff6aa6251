import { readRevision } from "../../db/deployment.ts";

/** Rises with every change to keys, policies, pins, credentials, tenants and the catalog, in the transaction of that change. */
export async function readConfigRevision(): Promise<number> {
  return readRevision();
}
