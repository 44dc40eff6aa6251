import { describe, expect, it } from "vitest";
import { checkpointNoteSearch, consistencySearch } from "./ledger.ts";
import { checkpointNoteHref, consistencyHref, logHref, logNameOf } from "./ledger-parsers.ts";

const checkpoint = { epoch: 2, size: 700, signedAt: "2026-11-22T12:00:00.123Z", root: "AA==" };

/** The query of an address as a schema reads it. */
function queryOf(href: string): Record<string, string> {
  return Object.fromEntries(new URL(href, "https://domicile.test").searchParams);
}

describe("which log the page shows alone", () => {
  it("is the tenant of the URL, even where the URL names the deployment's log, too", () => {
    expect(logNameOf({ tenant: "nordbank", log: "system" }, null)).toEqual({
      log: "tenant",
      tenant: "nordbank",
    });
    expect(logNameOf({ tenant: null, log: "system" }, "only")).toEqual({ log: "system" });
  });

  it("is the only one there is for a reader of one, and none where there are several", () => {
    expect(logNameOf({ tenant: null, log: null }, "only")).toEqual({ log: "tenant", tenant: "only" });
    expect(logNameOf({ tenant: null, log: null }, null)).toBeNull();
  });

  it("is linked to under its own name", () => {
    expect(logHref({ log: "tenant", tenant: "nordbank" })).toBe("/ledger?tenant=nordbank");
    expect(logHref({ log: "system", tenant: null })).toBe("/ledger?log=system");
  });
});

describe("addresses of what can be kept", () => {
  it("say of a checkpoint exactly which, in words its route reads", () => {
    const href = checkpointNoteHref({ log: "tenant", tenant: "nordbank" }, checkpoint);
    expect(checkpointNoteSearch.parse(queryOf(href))).toEqual({
      log: "tenant",
      tenant: "nordbank",
      epoch: 2,
      size: 700,
      at: "2026-11-22T12:00:00.123Z",
    });
  });

  it("name the older size first, and the other order is refused", () => {
    const older = { ...checkpoint, size: 7 };
    const query = queryOf(consistencyHref({ log: "system" }, older, checkpoint));
    expect(consistencySearch.parse(query)).toEqual({ log: "system", epoch: 2, from: 7, to: 700 });
    expect(consistencySearch.safeParse({ ...query, from: "700", to: "7" }).success).toBe(false);
    expect(consistencySearch.safeParse({ ...query, from: "700", to: "700" }).success).toBe(false);
  });
});
