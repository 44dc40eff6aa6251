import { describe, expect, it } from "vitest";
import { durabilityProblems, roleProblems } from "./check-database.ts";

const fit = {
  version: 150_004,
  fsync: "on",
  fullPageWrites: "on",
  synchronousCommit: "on",
  role: "domicile_gateway_login",
  superuser: false,
  bypassesRowSecurity: false,
};

describe("a process refuses a database that cannot keep what it acknowledges", () => {
  it("and takes one that can", () => {
    expect(durabilityProblems(fit)).toEqual([]);
    for (const synchronousCommit of ["local", "remote_write", "remote_apply"])
      expect(durabilityProblems({ ...fit, synchronousCommit })).toEqual([]);
    expect(roleProblems(fit)).toEqual([]);
  });

  it.each([
    [{ fsync: "off" }, "fsync = off"],
    [{ fullPageWrites: "off" }, "full_page_writes = off"],
    [{ synchronousCommit: "off" }, "synchronous_commit = off"],
    [{ version: 140_012 }, "older than PostgreSQL 15"],
  ])("for %j", (change, words) => {
    expect(durabilityProblems({ ...fit, ...change })[0]).toContain(words);
  });

  it.each([
    [{ superuser: true }, "is a superuser"],
    [{ bypassesRowSecurity: true }, "has BYPASSRLS"],
  ])("nor a role that row security does not bind: %j", (change, words) => {
    expect(roleProblems({ ...fit, ...change })[0]).toContain(words);
  });
});
