import fs from "node:fs";
import type { AddressInfo } from "node:net";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { type Authority, openAuthority } from "../providers/simulated/authority.ts";
import { type MailSettings, sendMail } from "./send-mail.ts";

type Taken = {
  readonly from: string;
  readonly to: readonly string[];
  readonly text: string;
  readonly secure: boolean;
};

let folder: string;
let authority: Authority;
let server: SMTPServer | null = null;
let taken: Taken[] = [];

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "domicile-mail-"));
  authority = await openAuthority(folder, ["localhost"]);
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));
afterEach(async () => {
  await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()));
  server = null;
  taken = [];
});

/** A real mail server on this machine; its port. */
async function listen(options: SMTPServerOptions): Promise<number> {
  const { certificate: cert = "", key = "" } = authority.hosts.localhost ?? {};
  const own = new SMTPServer({
    cert,
    key,
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) =>
      username === "alerts" && password === "p@ss" ? done(null, { user: "alerts" }) : done(new Error("no")),
    onData: (stream, { envelope, secure }, done) => {
      void text(stream).then((whole) => {
        const from = envelope.mailFrom === false ? "" : envelope.mailFrom.address;
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), text: whole, secure });
        done(null);
      });
    },
    ...options,
  });
  own.on("error", () => undefined);
  server = own;
  return new Promise((resolve) => {
    own.listen(0, "127.0.0.1", () => resolve((own.server.address() as AddressInfo).port));
  });
}

const mail = {
  to: "officer@bank.example",
  subject: "Finding opened: ä",
  text: "Line\n.\nend",
  id: "d1",
  simulated: true,
};
const send = (url: string, over: Partial<MailSettings> = {}) =>
  sendMail(mail, {
    url,
    from: "Domicile <alerts@corp.example>",
    authorities: authority.ca,
    timeoutMs: 60_000,
    ...over,
  });

it("goes over TLS, after signing in, from the operator's address to one receiver", async () => {
  const port = await listen({});
  expect(await send(`smtp://alerts:p%40ss@localhost:${port}`)).toBe("delivered");
  expect(taken).toMatchObject([{ from: "alerts@corp.example", to: ["officer@bank.example"], secure: true }]);
  expect(taken[0]?.text).toMatch(/^Message-ID: <d1@domicile\.invalid>\r$/m);
  expect(taken[0]?.text).toMatch(/^Auto-Submitted: auto-generated\r$/m);
  expect(taken[0]?.text).toMatch(/^X-Domicile-Simulated: yes\r$/m);
});

it("takes TLS from the start where the address says smtps", async () => {
  const port = await listen({ secure: true });
  expect(await send(`smtps://alerts:p%40ss@localhost:${port}`)).toBe("delivered");
  expect(taken).toHaveLength(1);
});

it.each([
  ["a password that is not the server's", (port: number) => `smtp://alerts:other@localhost:${port}`, {}],
  ["a certificate that nobody vouches for", (port: number) => `smtps://localhost:${port}`, { secure: true }],
] as const)("does not go with %s", async (_what, urlOf, options) => {
  const port = await listen(options);
  const over = "secure" in options ? { authorities: null } : {};
  expect(await send(urlOf(port), over)).toBe("mail_failed");
  expect(taken).toEqual([]);
});

it("does not go in the clear to a server that is not this machine", async () => {
  const port = await listen({ hideSTARTTLS: true, authOptional: true });
  expect(await send(`smtp://127.0.0.2:${port}`)).not.toBe("delivered");
  expect(taken).toEqual([]);
});

it("says that the server refused a receiver, and none of the server's words", async () => {
  const port = await listen({
    authOptional: true,
    onRcptTo: (_to, _session, done) => done(new Error("unknown here")),
  });
  expect(await send(`smtp://localhost:${port}`)).toBe("mail_refused");
});

it("says that there is no server", async () => {
  expect(await send("smtp://localhost:1")).toBe("mail_failed");
});
