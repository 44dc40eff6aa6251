import { it } from "vitest";

/** Whether the tests run on a Citus cluster: without triggers, and with parts that are named otherwise (decision 18). */
export const onCluster = Boolean(process.env.CITUS_URL);

/** For what a single PostgreSQL does and a cluster does not. */
export const itOnOneServer = it.skipIf(onCluster);
