import ipaddr from "ipaddr.js";

/**
 * True for an address on the public internet, and for nothing else: no loopback, private, carrier, link-local,
 * multicast, documentation, benchmark or translation range, in any notation or mapping.
 *
 * trust: the address comes from DNS, or from a host that is itself a literal.
 */
export function isPublicAddress(text: string): boolean {
  // ipaddr.js reads 0x7f000001, 2130706433 and 0177.1 as the C library does; what it cannot read is not dialled.
  if (!ipaddr.isValid(text)) return false;
  const address = ipaddr.process(text);
  if (address instanceof ipaddr.IPv6 && isCompatible(address)) return false;
  return address.range() === "unicast";
}

/** `::a.b.c.d`, deprecated by RFC 4291 and still routed by some stacks. */
function isCompatible(address: ipaddr.IPv6): boolean {
  return address.parts.slice(0, 6).every((part) => part === 0);
}

/** The canonical text of a literal address in any notation; null for a name. */
export function literalAddress(host: string): string | null {
  const bare = host.replace(/^\[|\]$/g, "");
  return ipaddr.isValid(bare) ? ipaddr.process(bare).toString() : null;
}
