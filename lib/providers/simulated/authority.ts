import "reflect-metadata";
import { createPrivateKey } from "node:crypto";
import fs from "node:fs";
import path from "node:path";
import * as x509 from "@peculiar/x509";
import { dayMs } from "../../core/calendar.ts";

/** PEM texts. */
export type Certificate = { readonly certificate: string; readonly key: string };

export type Authority = {
  /** PEM file of the authority alone: what a client has to trust. */
  readonly caFile: string;
  readonly ca: string;
  /** One certificate per name, and no other. */
  readonly hosts: Readonly<Record<string, Certificate>>;
};

/**
 * The private authority of a simulated provider and a certificate for each name, kept in `folder` and made
 * anew when missing, within 400 days of their end, or made for other names. Its key never leaves the memory
 * of the process that made it: nobody can sign another name with it later.
 */
export async function openAuthority(folder: string, names: readonly string[]): Promise<Authority> {
  const caFile = path.join(folder, "ca.pem");
  const keptFile = path.join(folder, "certificates.json");
  const kept = readKept(keptFile);
  const usable = kept !== null && isUsable(kept, names);
  const made = usable ? kept : await makeAuthority(names);
  if (!usable) {
    fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeWhole(keptFile, JSON.stringify(made));
  }
  if (!usable || !fs.existsSync(caFile)) writeWhole(caFile, made.ca);
  return { caFile, ca: made.ca, hosts: made.hosts };
}

type Kept = { readonly ca: string; readonly expiresAt: string; readonly hosts: Record<string, Certificate> };

/** Apple's clients take a server's certificate of a private authority for 825 days at most (support.apple.com/103769, 2026-11-30). */
const validDays = 820;
/** They are made anew at a start only, so that whoever starts once is served this long. */
const renewDays = 400;

function isUsable(kept: Kept, names: readonly string[]): boolean {
  const sameNames = Object.keys(kept.hosts).sort().join() === [...names].sort().join();
  return sameNames && Date.parse(kept.expiresAt) - Date.now() > renewDays * dayMs;
}

function readKept(file: string): Kept | null {
  try {
    return JSON.parse(fs.readFileSync(file, "utf8")) as Kept;
  } catch {
    // Absent or half a file of an older version: made anew.
    return null;
  }
}

/** crash: written beside and renamed; a reader sees the old file or the new one. */
function writeWhole(file: string, text: string): void {
  const draft = `${file}.${process.pid}.new`;
  fs.writeFileSync(draft, text, { mode: 0o600 });
  fs.renameSync(draft, file);
}

const ecdsa = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;

async function makeAuthority(names: readonly string[]): Promise<Kept> {
  const notBefore = new Date(Date.now() - dayMs);
  const notAfter = new Date(Date.now() + validDays * dayMs);
  const keys = await newKeys();
  const issuer = "CN=Domicile simulated provider, O=Simulation only";
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: issuer,
    keys,
    notBefore,
    notAfter,
    signingAlgorithm: ecdsa,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const hosts: Record<string, Certificate> = {};
  for (const name of names) {
    const own = await newKeys();
    const certificate = await x509.X509CertificateGenerator.create({
      subject: [{ CN: [name] }],
      issuer,
      notBefore,
      notAfter,
      signingKey: keys.privateKey,
      publicKey: own.publicKey,
      signingAlgorithm: ecdsa,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([{ type: "dns", value: name }]),
        await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
      ],
    });
    hosts[name] = { certificate: certificate.toString("pem"), key: await pemOf(own.privateKey) };
  }
  return { ca: `${ca.toString("pem")}\n`, expiresAt: notAfter.toISOString(), hosts };
}

async function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(ecdsa, true, ["sign", "verify"]);
}

async function pemOf(key: CryptoKey): Promise<string> {
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: pkcs8, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}
