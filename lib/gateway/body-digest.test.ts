import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { deriveKey } from "../services/secrets/derive-key.ts";
import { bodyDigest, startBodyDigest } from "./body-digest.ts";

const tenantId = "01900000-0000-7000-8000-000000000001";

describe("bodyDigest", () => {
  it.each([0, 1, 63, 64, 65, 16_384, 16_385, 200_000])(
    "is HMAC-SHA-256 of %i bytes, whole or in pieces",
    (length) => {
      const body = Buffer.alloc(length, "domicile");
      const key = createHmac("sha256", deriveKey("body-digest")).update(tenantId).digest();
      const expected = createHmac("sha256", key).update(body).digest("hex");
      expect(bodyDigest(tenantId, body)).toBe(expected);
      const pieces = startBodyDigest(tenantId);
      pieces.update(body.subarray(0, length >> 1));
      pieces.update(body.subarray(length >> 1));
      expect(pieces.hex()).toBe(expected);
    },
  );

  it("tells nothing across tenants", () => {
    const body = Buffer.from("the same");
    expect(bodyDigest("01900000-0000-7000-8000-000000000002", body)).not.toBe(bodyDigest(tenantId, body));
  });
});
