import { describe, expect, it } from "vitest";
import { isPublicAddress, literalAddress } from "./address-guard.ts";

describe("isPublicAddress", () => {
  it.each([
    ["loopback", "127.0.0.1"],
    ["loopback, elsewhere in its range", "127.255.255.254"],
    ["loopback, octal", "0177.0.0.1"],
    ["loopback, hexadecimal", "0x7f000001"],
    ["loopback, decimal", "2130706433"],
    ["loopback, shortened", "127.1"],
    ["private 10", "10.0.0.1"],
    ["private 172.16", "172.31.255.255"],
    ["private 192.168", "192.168.1.1"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["link-local, cloud metadata", "169.254.169.254"],
    ["this network", "0.0.0.0"],
    ["broadcast", "255.255.255.255"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["documentation", "192.0.2.1"],
    ["benchmark", "198.18.0.1"],
    ["IPv6 loopback", "::1"],
    ["IPv6 unspecified", "::"],
    ["IPv6 link-local", "fe80::1"],
    ["IPv6 unique local", "fd00:ec2::254"],
    ["IPv6 multicast", "ff02::1"],
    ["IPv6 documentation", "2001:db8::1"],
    ["IPv4-mapped metadata", "::ffff:169.254.169.254"],
    ["IPv4-mapped metadata, in hexadecimal", "::ffff:a9fe:a9fe"],
    ["IPv4-compatible loopback", "::127.0.0.1"],
    ["NAT64 of a private address", "64:ff9b::a00:1"],
    ["local-use NAT64", "64:ff9b:1::a00:1"],
    ["6to4 of a private address", "2002:a00:1::1"],
    ["Teredo", "2001:0:4136:e378::1"],
    ["site-local, deprecated", "fec0::1"],
    ["a name", "localhost"],
    ["nothing", ""],
    ["an address with a port", "8.8.8.8:443"],
    ["an address with a zone", "fe80::1%eth0"],
  ])("does not pass %s", (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["104.18.6.192", "162.159.140.245", "2606:4700::6812:6c0", "::ffff:104.18.6.192"])(
    "passes %s",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe("literalAddress", () => {
  it.each([
    ["0x7f000001", "127.0.0.1"],
    ["[::ffff:a9fe:a9fe]", "169.254.169.254"],
    ["127.1", "127.0.0.1"],
  ])("sees the address in %s", (host, address) => {
    expect(literalAddress(host)).toBe(address);
  });

  it("takes a name for a name", () => {
    expect(literalAddress("eu.api.openai.com")).toBeNull();
  });
});
