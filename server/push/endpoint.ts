// Where a wake-up may be sent: a public https address, and never one of the operator's own network (PROTOCOL S2).
import { lookup as lookupName } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";
import { Fault } from "@/lib/base/errors.ts";

const ENDPOINT_CHARS = 1000;

/** What no push service is reached by: this machine, private and shared networks, links, tunnels into them, test nets. */
const closed = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const)
  closed.addSubnet(net, bits, "ipv4");
/** Of IPv6 only what is given out to the world counts as public: 2000::/3, without the nets that lead back into IPv4. */
const open6 = new BlockList();
open6.addSubnet("2000::", 3, "ipv6");
for (const [net, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const)
  closed.addSubnet(net, bits, "ipv6");

export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !closed.check(address, "ipv4");
  return family === 6 && open6.check(address, "ipv6") && !closed.check(address, "ipv6");
}

const isLoopbackAddress = (address: string): boolean => address === "::1" || /^127\.\d+\.\d+\.\d+$/.test(address);

/** How far a server may reach: `loopback` is for tests alone. */
export type Reach = { readonly loopback: boolean };

const mayReach = (address: string, { loopback }: Reach): boolean =>
  isPublicAddress(address) || (loopback && isLoopbackAddress(address));

/** An endpoint as a browser gives it. Throws may/bad-endpoint; names are looked up only when something is sent. */
export function parseEndpoint(text: string, reach: Reach): URL {
  const url = text.length <= ENDPOINT_CHARS && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.protocol !== "https:" || url.username !== "" || url.password !== "" || url.hash !== "")
    throw new Fault("may/bad-endpoint");
  const name = url.hostname.replace(/^\[|\]$/g, "");
  const local = name === "localhost" || name.endsWith(".localhost") || !/[.:]/.test(name);
  if (isIP(name) === 0 ? local && !reach.loopback : !mayReach(name, reach)) throw new Fault("may/bad-endpoint");
  return url;
}

/** Looks a name up for one connection, and gives only addresses that may be reached: what is checked is what is used. */
export function guardedLookup(reach: Reach): LookupFunction {
  return (name, options, done) => {
    lookupName(name, { ...options, all: true }, (failed, found) => {
      const allowed = failed === null ? found.filter(({ address }) => mayReach(address, reach)) : [];
      const [first] = allowed;
      if (first === undefined) done(failed ?? new Fault("may/bad-endpoint"), "");
      else if (options.all === true) done(null, allowed);
      else done(null, first.address, first.family);
    });
  };
}
