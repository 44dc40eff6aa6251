import { text } from "node:stream/consumers";
import { closeDatabases } from "../db/connection.ts";
import { wordsOf } from "./admin-words.ts";
import { adminRequest, carryOut } from "./carry-out.ts";

/**
 * `node lib/admin/main.ts REQUEST`: what `npm run admin` asks for, under the role of the web process. Prints the answer; exits
 * with 0 done, 1 refused or failed.
 */
try {
  const request = adminRequest.parse(JSON.parse(process.argv[2] ?? "null"));
  const lines = await carryOut(request, async () => (await text(process.stdin)).split(/\r?\n/, 1)[0] ?? "");
  process.stdout.write(`${lines.join("\n")}\n`);
} catch (error) {
  process.stderr.write(`${wordsOf(error)}\n`);
  process.exitCode = 1;
}
await closeDatabases();
