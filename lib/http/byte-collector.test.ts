import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createByteCollector } from "./byte-collector.ts";

describe("createByteCollector", () => {
  it("gives back what came, however it was cut", () => {
    const sizes = fc.array(fc.oneof(fc.nat(40), fc.nat(6_000), fc.constant(16 * 1024)), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, (cut) => {
        const collector = createByteCollector();
        const pieces = cut.map((size) => randomBytes(size));
        for (const piece of pieces) collector.push(piece);
        const all = Buffer.concat(pieces);
        expect(collector.whole().equals(all)).toBe(true);
        expect(Buffer.concat([...collector.pieces()]).equals(all)).toBe(true);
        expect(collector.bytes()).toBe(all.byteLength);
      }),
    );
  });

  it("goes on after it was asked for its pieces", () => {
    const collector = createByteCollector();
    for (const text of ["a", "b"]) collector.push(Buffer.from(text));
    expect(collector.pieces().length).toBeGreaterThan(0);
    collector.push(Buffer.from("c"));
    expect(collector.whole().toString()).toBe("abc");
  });

  it("keeps few objects of many small pieces, and does not copy what came in one", () => {
    const collector = createByteCollector();
    for (let at = 0; at < 200_000; at += 1) collector.push(Buffer.from([at & 255]));
    expect(collector.pieces().length).toBeLessThan(20);
    const one = Buffer.from("whole");
    const single = createByteCollector();
    single.push(one);
    expect(single.whole()).toBe(one);
  });
});
