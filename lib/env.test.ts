import { afterEach, describe, expect, it, vi } from "vitest";
import {
  alertSettings,
  databaseSettings,
  gatewaySettings,
  intakeSettings,
  sendsMail,
  signInSettings,
  telemetrySettings,
  webSettings,
} from "./env.ts";

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

describe("the gateway's address", () => {
  const from = (own: string, shown: string) => {
    vi.stubEnv("GATEWAY_URL", own);
    vi.stubEnv("GATEWAY_PUBLIC_URL", shown);
    vi.stubEnv("DOMICILE_GATEWAY_NAMES", "ai.corp.example");
    return { ...webSettings(), names: intakeSettings().gatewayNames };
  };

  it("is shown to people as the proxy's, and asked where it stands", () => {
    const told = from("http://10.0.0.7:8787", "https://gateway.example/");
    expect(told.publicGatewayUrl).toBe("https://gateway.example/");
    expect(told.gatewayUrl).toBe("http://10.0.0.7:8787");
  });

  it("is one and the same where nobody says otherwise", () => {
    const told = from("http://10.0.0.7:8787", "");
    expect(told.publicGatewayUrl).toBe("http://10.0.0.7:8787");
    expect(told.names).toEqual(["ai.corp.example", "10.0.0.7:8787"]);
  });

  it.each([
    ["https://gateway.example:443", "gateway.example"],
    ["https://gateway.example:8443/openai", "gateway.example:8443"],
  ])("%s makes %s a name of the gateway", (shown, name) => {
    expect(from("", shown).names).toEqual(["ai.corp.example", name]);
  });

  it("refuses what is no address", () => {
    expect(() => from("", "gateway.example")).toThrow("GATEWAY_PUBLIC_URL");
  });
});

describe("sizes", () => {
  const address = "postgresql://web@127.0.0.1/domicile";

  it("are the ones that operations.md names where nobody says otherwise", () => {
    vi.stubEnv("DATABASE_URL", address);
    vi.stubEnv("DOMICILE_HOME", "/nowhere");
    expect(databaseSettings().poolSize).toBe(10);
    expect(gatewaySettings().drainMs).toBe(6_000);
  });

  it("are read anew when they are said", () => {
    vi.stubEnv("DATABASE_URL", address);
    vi.stubEnv("DOMICILE_HOME", "/nowhere");
    vi.stubEnv("DOMICILE_POOL_SIZE", "40");
    vi.stubEnv("DOMICILE_DRAIN_SECONDS", "30");
    expect(databaseSettings().poolSize).toBe(40);
    expect(gatewaySettings().drainMs).toBe(30_000);
  });

  it.each(["4", "201", "many"])("refuses a pool of %s", (size) => {
    vi.stubEnv("DATABASE_URL", address);
    vi.stubEnv("DOMICILE_POOL_SIZE", size);
    expect(() => databaseSettings()).toThrow("DOMICILE_POOL_SIZE");
  });
});

describe("alertSettings", () => {
  const mailOf = (url: string, from: string) => {
    vi.stubEnv("DOMICILE_SMTP_URL", url);
    vi.stubEnv("DOMICILE_MAIL_FROM", from);
    return alertSettings().mail;
  };

  it("name receivers in the house by host and port, that of https where none is said", () => {
    vi.stubEnv("DOMICILE_ALERT_HOSTS", "pager.corp.example, siem.corp.example:8443");
    expect(alertSettings().innerHosts).toEqual(["pager.corp.example:443", "siem.corp.example:8443"]);
  });

  it.each(["https://pager.corp.example", "pager:", "10.0.0.1/8", "Pager.example", "[::1]:1"])(
    "refuse %s for a host",
    (hosts) => {
      vi.stubEnv("DOMICILE_ALERT_HOSTS", hosts);
      expect(() => alertSettings()).toThrow("DOMICILE_ALERT_HOSTS");
    },
  );

  it("have mail where a server and a sender are named, and the web process knows it by the sender", () => {
    expect(mailOf("", "")).toBeNull();
    expect([mailOf("", "alerts@corp.example"), sendsMail()]).toEqual([null, true]);
    expect([mailOf("smtps://mail.example", ""), sendsMail()]).toEqual([null, false]);
    expect(mailOf("smtps://mail.example", "Domicile <alerts@corp.example>")).toEqual({
      url: "smtps://mail.example",
      from: "Domicile <alerts@corp.example>",
    });
  });

  it.each([
    ["http://mail.example", "alerts@corp.example", /SMTP_URL/],
    ["smtp://u:secret@", "alerts@corp.example", /SMTP_URL/],
    ["smtps://mail.example", "a <b> <c@d.example>", /MAIL_FROM/],
    ["smtps://mail.example", "alerts", /MAIL_FROM/],
  ])("refuse %s from %s and repeat neither", (url, from, words) => {
    expect(() => mailOf(url, from)).toThrow(words);
    expect(() => mailOf(url, from)).not.toThrow(/secret/);
  });
});

describe("gatewaySettings", () => {
  it.each(["UK", "EU", "ZZ", "de"])("refuses %s for the relay's country", (country) => {
    vi.stubEnv("DOMICILE_HOME", "/nowhere");
    vi.stubEnv("DOMICILE_RELAY_COUNTRY", country);
    expect(() => gatewaySettings()).toThrow(/DOMICILE_RELAY_COUNTRY: .* GB \(not UK/);
    vi.stubEnv("DOMICILE_RELAY_COUNTRY", "GB");
    expect(gatewaySettings().relayCountry).toBe("GB");
  });
});

describe("signInSettings", () => {
  const set = (variables: Readonly<Record<string, string>>) => {
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(`DOMICILE_${name}`, value);
    return signInSettings();
  };
  const oidc = {
    OIDC_ISSUER: "https://id.example/realm",
    OIDC_CLIENT_ID: "domicile",
    OIDC_CLIENT_SECRET: "hunter2",
  };

  it("are passwords alone where nobody names a provider", () => {
    expect(set({})).toEqual({ oidc: null, passwords: true, secondFactor: "optional" });
  });

  it("trust no address of a provider unless told so", () => {
    expect(set(oidc).oidc).toEqual({
      issuer: "https://id.example/realm",
      clientId: "domicile",
      clientSecret: "hunter2",
      name: "single sign-on",
      trustsEmail: false,
    });
    expect(set({ ...oidc, OIDC_TRUST_EMAIL: "on" }).oidc?.trustsEmail).toBe(true);
    expect(set({ ...oidc, PASSWORD_SIGN_IN: "off" }).passwords).toBe(false);
  });

  it.each(["OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET"])("refuse a provider without %s", (name) => {
    expect(() => set({ ...oidc, [name]: "" })).toThrow(/all three or none/);
    expect(() => set({ ...oidc, [name]: "" })).not.toThrow(/hunter2/);
  });

  it.each(["http://id.example", "https://id.example?tenant=1", "https://id.example#x", "id.example"])(
    "refuse the issuer %s",
    (issuer) => {
      expect(() => set({ ...oidc, OIDC_ISSUER: issuer })).toThrow(/DOMICILE_OIDC_ISSUER/);
    },
  );

  it("refuse to leave nobody a way in", () => {
    expect(() => set({ PASSWORD_SIGN_IN: "off" })).toThrow(/nobody could sign in/);
  });
});
