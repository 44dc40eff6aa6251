import { closeDatabases } from "../db/connection.ts";
import { checkMasterKey } from "../services/deployment/check-master-key.ts";
import { checkRows } from "../services/ledger/check-rows.ts";

/** `node lib/worker/fsck.ts`: the worker's part of `npm run fsck`, now. Exits with 1 where rows differ. */
await checkMasterKey();
const { lines, differences } = await checkRows(new Date(), "now");
process.stdout.write(`${lines.join("\n")}\n`);
process.exitCode = differences === 0 ? 0 : 1;
await closeDatabases();
