import ipaddr from "ipaddr.js";

/**
 * Whether an address belongs to the open internet: not to this machine, a private or provider network, a metadata service, a
 * multicast group, or to an IPv4 address dressed up as IPv6 (mapped, NAT64, 6to4, Teredo).
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== "unicast") return false;
  // Outside 2000::/3 nothing is assigned; the deprecated ::a.b.c.d counts as unicast and leads to IPv4.
  return parsed.kind() === "ipv4" || parsed.match(ipaddr.parse("2000::"), 3);
}
