import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { planCodes } from "../core/policies/plan-refusal.ts";
import { errorAnswer, GatewayRefusal, gatewayErrorCodes } from "./answer-error.ts";

describe("every code of the gateway", () => {
  const documented = readFileSync(new URL("../../docs/errors.md", import.meta.url), "utf8");

  it.each(gatewayErrorCodes)("%s has a heading in docs/errors.md that names its status", (code) => {
    const { status } = errorAnswer(new GatewayRefusal(code), {});
    expect(documented).toContain(`#### ${code}\n\n${status}. `);
  });

  it("covers every refusal that a plan can answer", () => {
    expect(gatewayErrorCodes).toEqual(expect.arrayContaining([...planCodes]));
  });

  it("has OpenAI's shape, and a length in bytes", () => {
    const { body, headers } = errorAnswer(new GatewayRefusal("invalid_http", { message: "Größe" }), {
      "x-a": "1",
    });
    expect(JSON.parse(body)).toEqual({
      error: { message: "Größe", type: "invalid_request_error", param: null, code: "invalid_http" },
    });
    expect(headers).toMatchObject({ "x-a": "1", "content-length": String(Buffer.byteLength(body)) });
  });

  it("never shows its cause", () => {
    const refusal = new GatewayRefusal("evidence_unavailable", {
      cause: new Error("password authentication failed"),
    });
    expect(JSON.stringify(errorAnswer(refusal, {}))).not.toContain("password");
  });

  it("tells clients not to repeat what would be refused again, and when to repeat the rest", () => {
    expect(errorAnswer(new GatewayRefusal("region_blocked"), {}).headers["x-should-retry"]).toBe("false");
    expect(errorAnswer(new GatewayRefusal("evidence_unavailable"), {}).headers).toMatchObject({
      "retry-after": "1",
    });
  });
});
