/**
 * Address: who is at the other end, as far as can be believed.
 *
 * X-Forwarded-For is text that anybody can send. It is read from the right, and
 * only as far as the proxies that DUE_TRUST_PROXY names: the first address that
 * is none of them is the client.
 */

import { BlockList, isIP } from "node:net";

export type Peer = { readonly address: string; readonly isEncrypted: boolean };

/** What says that a request has come through a proxy, named or not. */
const FORWARDING = ["x-forwarded-for", "forwarded", "x-real-ip", "via", "x-forwarded-host"];

export type Proxies = { has(address: string): boolean };

/** From the setting: addresses, or ranges like 10.0.0.0/8. */
export function proxiesOf(named: readonly string[]): Proxies {
  const list = new BlockList();
  for (const one of named) {
    const [ip = "", bits] = one.split("/");
    const family = isIP(ip) === 6 ? "ipv6" : "ipv4";
    if (bits === undefined) list.addAddress(ip, family);
    else list.addSubnet(ip, Number(bits), family);
  }
  return { has: (address) => isIP(address) > 0 && list.check(address, familyOf(address)) };
}

/**
 * What a limit counts by: an IPv4 address, or the first half of an IPv6 one. The second half is
 * the client's own to choose, as often as they like.
 */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.replace(/%.*/, "").split("::");
  const groups = (text: string): readonly string[] => (text === "" ? [] : text.split(":"));
  const zeros = Array<string>(8).fill("0");
  const first = [...groups(head), ...zeros.slice(groups(head).length + groups(tail).length)];
  const network = [...first, ...groups(tail)].slice(0, 4);
  return network.map((group) => Number.parseInt(group, 16).toString(16)).join(":");
}

/** The client's address and whether its connection was encrypted. */
export function clientOf(headers: Headers, peer: Peer, proxies: Proxies): Peer {
  let address = plain(peer.address);
  if (!proxies.has(address)) return { address, isEncrypted: peer.isEncrypted };
  const hops = (headers.get("x-forwarded-for") ?? "").split(",").map((hop) => plain(hop.trim()));
  while (proxies.has(address)) {
    const before = hops.pop();
    if (before === undefined || isIP(before) === 0) break;
    address = before;
  }
  const scheme = headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim();
  return { address, isEncrypted: scheme === undefined ? peer.isEncrypted : scheme === "https" };
}

/** Whether the request was made on this machine, by a program and not through a proxy on it. */
export function isLocal(headers: Headers, peer: Peer): boolean {
  const address = plain(peer.address);
  const isLoopback = address === "::1" || /^127\.\d+\.\d+\.\d+$/.test(address);
  return isLoopback && FORWARDING.every((name) => !headers.has(name));
}

const familyOf = (address: string): "ipv4" | "ipv6" => (isIP(address) === 6 ? "ipv6" : "ipv4");

/** `::ffff:10.0.0.1` and `[::1]` as plain addresses. */
const plain = (address: string): string =>
  address.replace(/^\[(.*)\]$/, "$1").replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, "");
