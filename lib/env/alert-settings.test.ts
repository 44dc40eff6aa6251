import { afterEach, describe, expect, it, vi } from "vitest";
import { alertSettings, sendsMail } from "./alert-settings.ts";

afterEach(() => vi.unstubAllEnvs());

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
