import ipaddr from "ipaddr.js";

/**
 * The canonical text of a block of addresses in CIDR notation, or of one address as a block of its own; null for what is
 * neither, and for a block whose address has bits behind its prefix, because that is most often a mistake.
 */
export function readAddressBlock(text: string): string | null {
  const trimmed = text.trim();
  if (!trimmed.includes("/")) {
    if (!ipaddr.isValid(trimmed) || !isUsual(trimmed)) return null;
    const address = ipaddr.process(trimmed);
    return `${address.toString()}/${address.kind() === "ipv4" ? 32 : 128}`;
  }
  const [address = "", prefix = ""] = trimmed.split("/");
  if (!/^\d{1,3}$/.test(prefix) || !ipaddr.isValid(address) || !isUsual(address)) return null;
  const parsed = ipaddr.parse(address);
  if (Number(prefix) > (parsed.kind() === "ipv4" ? 32 : 128)) return null;
  const whole = `${parsed.toString()}/${prefix}`;
  const first =
    parsed.kind() === "ipv4"
      ? ipaddr.IPv4.networkAddressFromCIDR(whole)
      : ipaddr.IPv6.networkAddressFromCIDR(whole);
  if (first.toString() !== parsed.toString()) return null;
  const [network, length] = unmapped(parsed, Number(prefix));
  return `${network.toString()}/${length}`;
}

type Address = ReturnType<typeof ipaddr.parse>;

/** A block of IPv4 addresses that is written as IPv6, as what it is: peers are held against it so, too. */
function unmapped(network: Address, prefix: number): [Address, number] {
  const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && prefix >= 96;
  return isMapped ? [network.toIPv4Address(), prefix - 96] : [network, prefix];
}

/** `blocks` as `readAddressBlock` gives them; none: every address is inside. */
export function isInside(address: string, blocks: readonly string[]): boolean {
  if (blocks.length === 0) return true;
  if (!ipaddr.isValid(address)) return false;
  const peer = ipaddr.process(address);
  return blocks.some((block) => {
    const [network, prefix] = unmapped(...ipaddr.parseCIDR(block));
    return network.kind() === peer.kind() && peer.match(network, prefix);
  });
}

/** Not decimal, octal or hexadecimal spellings of an address, which readers take differently. */
function isUsual(text: string): boolean {
  return text.includes(":") || /^\d{1,3}(\.\d{1,3}){3}$/.test(text);
}
