import { describe, expect, it } from "vitest";
import { z } from "zod";
import { signAccountToken, verifyAccountToken } from "../accounts/account-token.ts";
import { signConnectionToken, verifyConnectionToken } from "../connectivity/connection-token.ts";
import { signProbeToken, verifyProbeToken } from "../pins/probe-token.ts";
import { signInternalToken, verifyInternalToken } from "../playground/internal-token.ts";
import { signUpkeepToken, verifyUpkeepToken } from "../resources/upkeep-token.ts";
import { signedToken } from "./signed-token.ts";

const tenantId = "019aa0c0-0000-7000-8000-000000000001";
const other = "019aa0c0-0000-7000-8000-000000000002";
const now = 1_800_000_000_000;
const { sign, verify } = signedToken({
  prefix: "domtt",
  purpose: "test",
  claims: z.object({ tenantId: z.uuid(), path: z.string().min(1).max(300), note: z.string().optional() }),
});
const claims = { tenantId, path: "/v1/files/ä" };

describe("a signed token", () => {
  it("says for a minute what it was signed for, and nothing more", () => {
    const token = sign({ ...claims, ...{ secret: "unnamed" } }, now);
    expect(token).toMatch(/^domtt_[\w-]+\.[\w-]{43}$/);
    expect(verify(token, now + 59_999)).toEqual(claims);
    expect(verify(token, now + 60_000)).toBeNull();
    expect(Buffer.from(token, "base64url").toString()).not.toContain("unnamed");
    const [, text = ""] = /_(.*)\./.exec(token) ?? [];
    expect(JSON.parse(Buffer.from(text, "base64url").toString())).toEqual({
      ...claims,
      expiresAt: now + 60_000,
    });
  });

  it("is refused when a letter of it is another one, or one too many", () => {
    const token = sign(claims, now);
    for (let i = 0; i < token.length; i++) {
      // The last letter of a code of 32 bytes holds two bits that say nothing.
      if (i === token.length - 1) continue;
      const changed = token.slice(0, i) + (token[i] === "A" ? "B" : "A") + token.slice(i + 1);
      expect(verify(changed, now), `letter ${i}`).toBeNull();
    }
    for (const wrong of ["", "domtt_", "domtt_.", "dom_x", `${token}x`, `x${token}`, `${token}\n`])
      expect(verify(wrong, now), wrong).toBeNull();
  });

  it("is refused when its claims are none of its kind, though we signed it", () => {
    expect(verify(sign({ ...claims, tenantId: "everybody" }, now), now)).toBeNull();
    expect(verify(sign({ ...claims, path: "x".repeat(301) }, now), now)).toBeNull();
  });

  it("is refused for another purpose, though all else is the same", () => {
    const twin = signedToken({ prefix: "domtt", purpose: "twin", claims: z.object({ tenantId: z.uuid() }) });
    expect(twin.verify(sign(claims, now), now)).toBeNull();
    expect(verify(twin.sign({ tenantId }, now), now)).toBeNull();
  });
});

const kinds = [
  {
    prefix: "dompg_",
    token: signInternalToken({ personId: other, tenantId, target: "policy", credentialId: other }),
    verify: verifyInternalToken,
    says: { personId: other, tenantId, target: "policy", credentialId: other },
  },
  {
    prefix: "dompc_",
    token: signConnectionToken({ tenantId, credentialId: other, host: "eu.api.openai.com" }),
    verify: verifyConnectionToken,
    says: { tenantId, credentialId: other, host: "eu.api.openai.com" },
  },
  {
    prefix: "dompp_",
    token: signProbeToken({ tenantId, credentialId: other, own: "a.example", wrong: "b.example" }),
    verify: verifyProbeToken,
    says: { tenantId, credentialId: other, own: "a.example", wrong: "b.example" },
  },
  {
    prefix: "domup_",
    token: signUpkeepToken({
      ...{ tenantId, applicationId: other, host: "eu.api.openai.com" },
      ...{ operation: "file.retrieve", path: "/v1/files/file-1" },
    }),
    verify: verifyUpkeepToken,
    says: { applicationId: other, operation: "file.retrieve", path: "/v1/files/file-1" },
  },
  {
    prefix: "domac_",
    token: signAccountToken({
      ...{ tenantId, accountId: other },
      question: { kind: "project", projectId: "proj_1" },
    }),
    verify: verifyAccountToken,
    says: { tenantId, accountId: other, question: { kind: "project", projectId: "proj_1" } },
  },
];

describe.each(kinds)("$prefix", ({ prefix, token, verify, says }) => {
  it("says what it is for, and is none of the others", () => {
    expect(token.startsWith(prefix)).toBe(true);
    expect(verify(token)).toMatchObject(says);
    for (const kind of kinds) {
      if (kind.prefix === prefix) continue;
      expect(kind.verify(token), kind.prefix).toBeNull();
      expect(kind.verify(token.replace(prefix, kind.prefix)), kind.prefix).toBeNull();
    }
  });
});

it("no two of the playground's are the same, but for one that is named", () => {
  const claims = { personId: other, tenantId, target: "eu" };
  expect(verifyInternalToken(signInternalToken({ ...claims, id: other }))?.id).toBe(other);
  expect(signInternalToken(claims, now)).not.toBe(signInternalToken(claims, now));
});
