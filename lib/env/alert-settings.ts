import { readEnvironment } from "./read-environment.ts";

/**
 * `innerHosts`: `host:port` of receivers in the house. `authoritiesFile`: a PEM file trusted for those and for the mail server,
 * beside the public authorities. `mail` null: no mail is sent.
 */
export function alertSettings(): {
  innerHosts: readonly string[];
  authoritiesFile: string | null;
  mail: { readonly url: string; readonly from: string } | null;
} {
  const env = readEnvironment(
    "DOMICILE_ALERT_HOSTS",
    "DOMICILE_ALERT_CA",
    "DOMICILE_SMTP_URL",
    "DOMICILE_MAIL_FROM",
  );
  const { DOMICILE_SMTP_URL: url, DOMICILE_MAIL_FROM: from } = env;
  return {
    innerHosts: parseHosts(env.DOMICILE_ALERT_HOSTS),
    authoritiesFile: env.DOMICILE_ALERT_CA || null,
    mail: url === undefined || from === undefined ? null : { url, from },
  };
}

/** Whether the operator has set up mail. The web process is told the sender alone: the server's password is the worker's. */
export function sendsMail(): boolean {
  return readEnvironment("DOMICILE_MAIL_FROM").DOMICILE_MAIL_FROM !== undefined;
}

/** What alerts link to: where people open the product. */
export function alertWebUrl(): string {
  return readEnvironment("NEXTAUTH_URL").NEXTAUTH_URL;
}

/** `host` or `host:port` with commas between; without a port, that of https. */
function parseHosts(list: string): string[] {
  return list
    .split(",")
    .map((each) => each.trim())
    .filter((each) => each !== "")
    .map((each) => {
      const match = /^([a-z0-9-]+(?:\.[a-z0-9-]+)*)(?::(\d{1,5}))?$/.exec(each);
      if (!match)
        throw new Error(`DOMICILE_ALERT_HOSTS: "${each}" is not host or host:port, in small letters.`);
      return `${match[1]}:${match[2] ?? "443"}`;
    });
}
