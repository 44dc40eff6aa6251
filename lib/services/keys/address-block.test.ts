import { describe, expect, it } from "vitest";
import { isInside, readAddressBlock } from "./address-block.ts";

describe("a block of addresses", () => {
  it.each([
    ["10.0.0.0/8", "10.0.0.0/8"],
    [" 192.0.2.7 ", "192.0.2.7/32"],
    ["2001:DB8::/32", "2001:db8::/32"],
    ["::1", "::1/128"],
    ["::ffff:10.0.0.0/104", "10.0.0.0/8"],
    ["::ffff:0:0/96", "0.0.0.0/0"],
  ])("%s is %s", (text, canonical) => {
    expect(readAddressBlock(text)).toBe(canonical);
  });

  it.each([
    "",
    "10.0.0.1/8",
    "10.0.0.0/33",
    "10.0.0/8",
    "0x0a000000/8",
    "167772160",
    "012.0.0.0/8x",
    "::/129",
    "host",
    "1.2.3.4/",
  ])("%s is none", (text) => {
    expect(readAddressBlock(text)).toBeNull();
  });

  it.each([
    ["10.1.2.3", ["10.0.0.0/8"], true],
    ["::ffff:10.1.2.3", ["10.0.0.0/8"], true],
    ["10.1.2.3", ["::ffff:10.0.0.0/104"], true],
    ["11.0.0.1", ["10.0.0.0/8", "192.0.2.7/32"], false],
    ["2001:db8::7", ["2001:db8::/32"], true],
    ["2001:db9::7", ["2001:db8::/32", "0.0.0.0/0"], false],
    ["nobody", ["0.0.0.0/0"], false],
    ["203.0.113.1", [], true],
  ] as const)("%s within %j: %s", (address, blocks, inside) => {
    expect(isInside(address, blocks)).toBe(inside);
  });
});
