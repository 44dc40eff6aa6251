import { afterEach, describe, expect, it, vi } from "vitest";
import { signInSettings } from "./sign-in-settings.ts";

afterEach(() => vi.unstubAllEnvs());

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
