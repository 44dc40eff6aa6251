import { describe, expect, it } from "vitest";
import { canonicalJson } from "./canonical-json.ts";
import { deriveKey } from "./derive-key.ts";
import { openSecret, sealSecret } from "./seal-secret.ts";

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
