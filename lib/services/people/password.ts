import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from "node:crypto";

// 32 MiB for each of three passes; OWASP's password storage cheat sheet names it (read 2026-11).
const cost = { N: 2 ** 15, r: 8, p: 3 };
const hashBytes = 32;

/** `scrypt$N$r$p$salt$hash`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await derive(password, salt, cost);
  return ["scrypt", cost.N, cost.r, cost.p, salt.toString("base64url"), hash.toString("base64url")].join("$");
}

/** Takes as long for nobody's password (`null`) as for somebody's, so that time does not tell who exists. */
export async function verifyPassword(password: string, stored: string | null): Promise<boolean> {
  const [scheme, n, r, p, salt = "", hash = ""] = (stored ?? nobody).split("$");
  if (scheme !== "scrypt") throw new Error("A stored password has a form this version does not know.");
  const expected = Buffer.from(hash, "base64url");
  const derived = await derive(password, Buffer.from(salt, "base64url"), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return timingSafeEqual(derived, expected) && stored !== null;
}

const nobody = [
  "scrypt",
  cost.N,
  cost.r,
  cost.p,
  Buffer.alloc(16).toString("base64url"),
  Buffer.alloc(hashBytes).toString("base64url"),
].join("$");

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const settings = { ...options, maxmem: 128 * 1024 * 1024 };
    scrypt(password.normalize("NFKC"), salt, hashBytes, settings, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}
