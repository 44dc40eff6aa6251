import { withClient } from "./client.ts";

/** Whether anybody was ever made who may sign in. `url`: of the web process' role, or the owner's. */
export async function hasPeople(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query("select exists (select from person) as there");
    return rows[0].there as boolean;
  });
}
