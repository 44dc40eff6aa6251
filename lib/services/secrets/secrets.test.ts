import { describe, expect, it, vi } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { openCarried, sealCarried } from "./carried-keys.ts";
import { carriedLabels, carriedText, deriveKey } from "./derive-key.ts";
import { openSecret, resealSecret, sealSecret } from "./seal-secret.ts";

const context = {
  tenantId: "019aa0c0-0000-7000-8000-000000000001",
  credentialId: "019aa0c0-0000-7000-8000-000000000002",
};

describe("a sealed secret", () => {
  it("opens for its tenant and credential, and for nothing else", () => {
    const sealed = sealSecret("sk-sim-eu-1", context);
    expect(openSecret(sealed, context)).toBe("sk-sim-eu-1");
    expect(() => openSecret(sealed, { ...context, tenantId: context.credentialId })).toThrow();
    expect(() => openSecret(sealed, { ...context, credentialId: context.tenantId })).toThrow();
  });

  it("of a second factor opens for its person and factor, and for no credential of the same ids", () => {
    const { tenantId: personId, credentialId: factorId } = context;
    const sealed = sealSecret("of an app", { personId, factorId });
    expect(openSecret(sealed, { personId, factorId })).toBe("of an app");
    expect(() => openSecret(sealed, { personId: factorId, factorId })).toThrow();
    expect(() => openSecret(sealed, { personId, factorId: personId })).toThrow();
    expect(() => openSecret(sealed, context)).toThrow();
  });

  it("does not open when any byte is another one, or when it is cut", () => {
    const sealed = sealSecret("sk-sim-eu-1", context);
    for (let i = 0; i < sealed.length; i++) {
      const changed = Buffer.from(sealed);
      changed[i] = (changed[i] ?? 0) ^ 1;
      expect(() => openSecret(changed, context), `byte ${i}`).toThrow();
    }
    for (const length of [0, 1, 12, 28, 29, sealed.length - 1])
      expect(() => openSecret(sealed.subarray(0, length), context), `${length} bytes`).toThrow();
  });

  it("looks different each time", () => {
    expect(sealSecret("same", context)).not.toEqual(sealSecret("same", context));
  });
});

describe("derived keys", () => {
  it("are 32 bytes, the same each time, and different for each purpose", () => {
    const labels = [
      "key-pepper",
      "credential-encryption",
      "session",
      "internal-token",
      "body-digest",
    ] as const;
    const keys = labels.map((label) => deriveKey(label).toString("hex"));
    expect(new Set(keys).size).toBe(labels.length);
    expect(deriveKey("session")).toEqual(deriveKey("session"));
    expect(deriveKey("session")).toHaveLength(32);
  });
});

describe("canonicalJson", () => {
  it("is one text for one value, whatever the order of members", () => {
    expect(canonicalJson({ b: [1, { d: null, c: "é\n" }], a: true })).toBe(
      '{"a":true,"b":[1,{"c":"é\\n","d":null}]}',
    );
    expect(canonicalJson({ a: true, b: undefined })).toBe('{"a":true}');
  });

  it("refuses fractions and unsafe numbers", () => {
    for (const number of [0.5, Number.NaN, 2 ** 53]) expect(() => canonicalJson({ number })).toThrow();
  });
});

describe("a secret while the master key changes", () => {
  const key = (byte: number) => Buffer.alloc(32, byte).toString("base64url");

  it("opens under either key, and is sealed anew under the new one alone", () => {
    vi.stubEnv("DOMICILE_MASTER_KEY", key(1));
    const old = sealSecret("sk-sim-eu-1", context);
    vi.stubEnv("DOMICILE_MASTER_KEY", key(2));
    expect(() => openSecret(old, context)).toThrow();
    vi.stubEnv("DOMICILE_MASTER_KEY_PREVIOUS", key(1));
    expect(openSecret(old, context)).toBe("sk-sim-eu-1");
    const anew = resealSecret(old, context) ?? Buffer.alloc(0);
    expect(resealSecret(anew, context)).toBeNull();
    vi.stubEnv("DOMICILE_MASTER_KEY_PREVIOUS", "");
    expect(openSecret(anew, context)).toBe("sk-sim-eu-1");
    expect(() => resealSecret(old, context)).toThrow();
  });

  it("does not move the keys that digests are made with, where they are carried", () => {
    vi.stubEnv("DOMICILE_MASTER_KEY", key(1));
    const carried = new Map(carriedLabels.map((label) => [label, deriveKey(label)] as const));
    vi.stubEnv("DOMICILE_MASTER_KEY", key(2));
    for (const [label, before] of carried) expect(deriveKey(label), label).not.toEqual(before);
    vi.stubEnv("DOMICILE_CARRIED_KEYS", carriedText(carried));
    for (const [label, before] of carried) expect(deriveKey(label), label).toEqual(before);
    // Whoever keeps what he derived from it knows it by the object.
    expect(deriveKey("report-digest")).toBe(deriveKey("report-digest"));
    expect(deriveKey("internal-token")).not.toEqual(carried.get("key-pepper"));
  });

  it("carries them sealed: another key or another byte opens nothing", () => {
    const keys = new Map([["key-pepper", Buffer.alloc(32, 5)] as const]);
    const sealed = sealCarried(keys, Buffer.alloc(32, 1));
    expect(openCarried(sealed, Buffer.alloc(32, 1))).toEqual(keys);
    expect(() => openCarried(sealed, Buffer.alloc(32, 2))).toThrow();
    expect(sealed.includes(Buffer.alloc(8, 5))).toBe(false);
    sealed[20] = (sealed[20] ?? 0) ^ 1;
    expect(() => openCarried(sealed, Buffer.alloc(32, 1))).toThrow();
  });
});
