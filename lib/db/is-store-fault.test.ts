import { describe, expect, it } from "vitest";
import { isConflict, isStoreFault } from "./is-store-fault.ts";

const withCode = (code: string) => Object.assign(new Error("x"), { code });

describe("isStoreFault", () => {
  it.each([
    ...[
      "ECONNREFUSED",
      "ECONNABORTED",
      "EPIPE",
      "ENOENT",
      "CERT_HAS_EXPIRED",
      "ERR_TLS_CERT_ALTNAME_INVALID",
    ],
    ...["57P01", "57P03", "57014", "53300", "53100", "08006", "40001", "40P01", "55P03", "58030"],
    ...["25006", "25P02", "25P03", "42501", "0A000", "26000", "42P01", "28P01", "3D000", "P0001", "XX000"],
    ...["P1001", "P2024", "P2028"],
  ])("%s: the store; what was to be written is kept and tried again", (code) => {
    expect(isStoreFault(withCode(code))).toBe(true);
  });

  it.each([
    "21000",
    "22003",
    "22P02",
    "22P05",
    "23503",
    "23505",
    "23514",
    "54000",
    "ERR_INVALID_ARG_TYPE",
    "P2002",
  ])("%s: what was to be written; it will fail again", (code) => {
    expect(isStoreFault(withCode(code))).toBe(false);
  });

  it("knows a connection that was lost without a code, and does not take a bug for one", () => {
    expect(isStoreFault(new Error("Connection terminated unexpectedly"))).toBe(true);
    expect(isStoreFault(new Error("timeout exceeded when trying to connect"))).toBe(true);
    expect(isStoreFault(new Error("timeout expired"))).toBe(true);
    expect(isStoreFault(new Error("The server does not support SSL connections"))).toBe(true);
    expect(isStoreFault(new TypeError("x is not a function"))).toBe(false);
    expect(isStoreFault(undefined)).toBe(false);
  });
});

describe("isConflict", () => {
  it("tells two writers who met from a server that is away", () => {
    expect(isConflict(withCode("40P01"))).toBe(true);
    expect(isConflict(withCode("57P01"))).toBe(false);
    expect(isConflict(new Error("x"))).toBe(false);
  });
});
