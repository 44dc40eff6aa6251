import { describe, expect, it } from "vitest";
import { isTransient } from "./is-transient.ts";

const withCode = (code: string) => Object.assign(new Error("x"), { code });

describe("isTransient", () => {
  it.each(["ECONNREFUSED", "EPIPE", "57P01", "57P03", "53300", "08006", "40001", "40P01", "58030"])(
    "%s: try again later",
    (code) => {
      expect(isTransient(withCode(code))).toBe(true);
    },
  );

  it.each(["23505", "22P02", "42501", "ERR_INVALID_ARG_TYPE", "P2002"])("%s: will fail again", (code) => {
    expect(isTransient(withCode(code))).toBe(false);
  });

  it("knows a connection that was lost without a code, and does not take a bug for one", () => {
    expect(isTransient(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isTransient(new Error("timeout exceeded when trying to connect"))).toBe(true);
    expect(isTransient(new TypeError("x is not a function"))).toBe(false);
    expect(isTransient(undefined)).toBe(false);
  });

  it("tells two writers who met from a server that is away", () => {
    expect(isTransient(withCode("40P01"), "conflict")).toBe(true);
    expect(isTransient(withCode("57P01"), "conflict")).toBe(false);
  });
});
