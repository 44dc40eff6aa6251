import { afterEach, describe, expect, it, vi } from "vitest";
import { telemetrySettings } from "./telemetry-settings.ts";

afterEach(() => vi.unstubAllEnvs());

function given(endpoint: string, headers = "") {
  vi.stubEnv("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);
  vi.stubEnv("OTEL_EXPORTER_OTLP_HEADERS", headers);
  return telemetrySettings();
}

describe("telemetrySettings", () => {
  it("is null where nobody names a receiver", () => {
    expect(given("", "a=b")).toBeNull();
  });

  it("reads headers as OpenTelemetry writes them", () => {
    expect(given("http://127.0.0.1:4318", "api-key=k1%2C2, x-team = a b,authorization=Basic%20YTpi")).toEqual(
      {
        endpoint: "http://127.0.0.1:4318",
        headers: { "api-key": "k1,2", "x-team": "a b", authorization: "Basic YTpi" },
      },
    );
  });

  it.each(["no-value", "=secret", "a=secret%0d%0ax: y", "a b=secret"])(
    "refuses %s and does not repeat it",
    (headers) => {
      expect(() => given("https://otel.example", headers)).toThrow(/OTEL_EXPORTER_OTLP_HEADERS is not/);
      expect(() => given("https://otel.example", headers)).not.toThrow(/secret/);
    },
  );

  it.each(["127.0.0.1:4318", "ftp://otel.example", "grpc"])("refuses the address %s", (endpoint) => {
    expect(() => given(endpoint)).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT/);
  });
});
