import { createInterface } from "node:readline";
import { closeDatabases } from "../db/connection.ts";
import { findSession } from "../services/sessions/find-session.ts";

// A web process as far as sessions go: for each token on a line, who holds it, asked of the database as every use is.
for await (const token of createInterface({ input: process.stdin })) {
  const person = await findSession(token);
  process.stdout.write(`${JSON.stringify(person?.personId ?? null)}\n`);
}
await closeDatabases();
