import { describe, expect, it } from "vitest";
import { identityClaims } from "./identity-claims.ts";

const claims = { iss: "https://id.example", sub: "a1", email: "ann@example.com", email_verified: true };

describe("the claims of a token", () => {
  it("are taken as they are", () => {
    expect(identityClaims({ ...claims, name: "Ann", exp: 1 })).toEqual({
      issuer: "https://id.example",
      subject: "a1",
      email: "ann@example.com",
      emailVerified: true,
      shownAt: null,
    });
  });

  it("say when their subject last showed who he is, where the provider says so in whole seconds", () => {
    expect(identityClaims({ ...claims, auth_time: 1_800_000_000 })?.shownAt).toEqual(
      new Date("2027-01-15T08:00:00.000Z"),
    );
    for (const auth_time of ["1800000000", 1.5, -1, 0, null])
      expect(identityClaims({ ...claims, auth_time })).toMatchObject({ subject: "a1", shownAt: null });
  });

  it.each([["true"], [1], [false], [null], [undefined]])(
    "do not verify an address by %j",
    (email_verified) => {
      expect(identityClaims({ ...claims, email_verified })).toMatchObject({
        subject: "a1",
        emailVerified: false,
      });
    },
  );

  it.each([[null], [7], ["a\u0000b@example.com"], [["a@b.example"]], [`${"a".repeat(255)}@b.example`]])(
    "with %j for an address have none, and are somebody all the same",
    (email) => {
      expect(identityClaims({ ...claims, email })).toMatchObject({ subject: "a1", email: null });
    },
  );

  it.each([[undefined], [7], [""], [" a1"], ["a\u0000"], ["a".repeat(256)]])(
    "with %j for a subject are nobody's",
    (sub) => {
      expect(identityClaims({ ...claims, sub })).toBeNull();
    },
  );

  it("without an issuer are nobody's", () => {
    expect(identityClaims({ sub: "a1" })).toBeNull();
    expect(identityClaims(undefined)).toBeNull();
  });
});
