import { createHash } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ownGateway } from "../../core/intake/own-gateway.ts";
import { nothingReported, type ReportedCall } from "../../core/intake/reported-call.ts";
import { dumpTables } from "../../testing/dump-tables.ts";
import { createStoreWorld, type StoreWorld } from "../../testing/store-world.ts";
import { acceptCalls } from "../intake/accept-calls.ts";
import { plainReportDigest } from "../intake/report-digest.ts";
import { approveRequest } from "./decide-request.ts";
import { eraseApproved } from "./erase-approved.ts";
import { requestErasure } from "./request-erasure.ts";

const person = "anna.svensson@customer.example";
const reason = "The reason is long enough to be one.";
let world: StoreWorld;

beforeAll(async () => {
  world = await createStoreWorld();
});
afterAll(() => world.drop());

it("a person whom a report names is known to nobody who tries names, once erased", async () => {
  const bank = await world.addTenant("bank");
  const olga = await world.addPerson("olga", { bank: "officer" });
  const otto = await world.addPerson("otto", { bank: "officer" });
  const at = new Date();
  const report: ReportedCall = {
    ...nothingReported,
    clientId: "c-1",
    format: "json",
    startedAt: at.toISOString(),
    host: "eu.api.openai.com",
    path: "/v1/chat/completions",
    endUser: person,
    status: 200,
  };
  const reporter = { tenantId: bank.id, applicationId: bank.applicationId, keyId: bank.keyId };
  const [result] = await world.as("gateway", () =>
    acceptCalls(reporter, [report], { receivedAt: at, own: ownGateway(8787, []) }),
  );
  expect(result?.outcome).toBe("recorded");
  await world.as("web", async () => {
    const input = { tenant: "bank", endUser: person, reference: "DSR-1", basis: "GDPR Art. 17(1)", reason };
    const { id } = await requestErasure(olga, input);
    await approveRequest(otto, { tenant: "bank", id, note: "Checked." });
  });
  expect(await world.as("worker", () => eraseApproved(new Date()))).toBeGreaterThan(0);

  // What somebody can compute who has the database, the report's other members and a list of names, and no master key.
  const guesses = [
    Buffer.from(person),
    createHash("sha256").update(person).digest(),
    plainReportDigest(report).sha256,
  ];
  for (const [table, rows] of await dumpTables(world.database.ownerUrl))
    for (const guess of guesses)
      for (const encoding of ["utf8", "hex", "base64", "base64url"] as const)
        expect(rows.includes(guess.toString(encoding)), table).toBe(false);
});
