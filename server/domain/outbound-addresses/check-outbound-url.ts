import { isIP } from "node:net";
import { isPublicAddress } from "./is-public-address.ts";
import type { OutboundPolicy } from "./outbound-policy.ts";

export type CheckedUrl = { ok: true; url: URL } | { ok: false; why: string };

const ports = new Set(["", "80", "443", "8080", "8443"]);

/**
 * What can be said of an address before it is resolved. URL parsing has made decimal, octal and hexadecimal hosts into plain
 * addresses by then; names are looked up and judged at each connection (guarded-lookup.ts).
 */
export function checkOutboundUrl(text: string, policy: OutboundPolicy): CheckedUrl {
  const url = URL.parse(text);
  if (!url || (url.protocol !== "http:" && url.protocol !== "https:"))
    return { ok: false, why: "must be an http:// or https:// address" };
  if (policy.httpsOnly && url.protocol !== "https:") return { ok: false, why: "must begin with https://" };
  if (url.username !== "" || url.password !== "") return { ok: false, why: "must not carry a user name or password" };
  if (policy.allowPrivate) return { ok: true, url };
  if (!ports.has(url.port)) return { ok: false, why: "must use port 80, 443, 8080 or 8443" };
  return leadsInside(url.hostname) ? { ok: false, why: "must not lead into a private network" } : { ok: true, url };
}

function leadsInside(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.+$/, "");
  if (isIP(host) !== 0) return !isPublicAddress(host);
  return host === "" || /(^|\.)(localhost|local|internal|home\.arpa)$/.test(host) || !host.includes(".");
}
