import { describe, expect, test } from "vitest";
import { checkOutboundUrl } from "../../../server/domain/outbound-addresses/check-outbound-url.ts";
import { isPublicAddress } from "../../../server/domain/outbound-addresses/is-public-address.ts";
import { outboundPolicy } from "../../../server/domain/outbound-addresses/outbound-policy.ts";

const strict = { allowPrivate: false, httpsOnly: false };

describe("an address inside", () => {
  test.each([
    ["loopback", "127.0.0.1"],
    ["loopback, another", "127.8.9.10"],
    ["this network", "0.0.0.0"],
    ["0/8", "0.1.2.3"],
    ["private 10/8", "10.0.0.1"],
    ["private 172.16/12", "172.31.255.255"],
    ["private 192.168/16", "192.168.1.1"],
    ["link-local, metadata", "169.254.169.254"],
    ["carrier-grade NAT", "100.64.0.1"],
    ["multicast", "224.0.0.1"],
    ["reserved", "240.0.0.1"],
    ["broadcast", "255.255.255.255"],
    ["documentation", "203.0.113.7"],
    ["benchmarking", "198.18.0.1"],
    ["IPv6 loopback", "::1"],
    ["IPv6 unspecified", "::"],
    ["unique local", "fd00::1"],
    ["unique local fc00", "fc00::1"],
    ["IPv6 link-local", "fe80::1"],
    ["IPv6 multicast", "ff02::1"],
    ["site-local", "fec0::1"],
    ["mapped", "::ffff:127.0.0.1"],
    ["mapped, public", "::ffff:8.8.8.8"],
    ["compatible", "::7f00:1"],
    ["NAT64", "64:ff9b::7f00:1"],
    ["NAT64 local", "64:ff9b:1::1"],
    ["6to4", "2002:7f00:1::"],
    ["Teredo", "2001::1"],
    ["IPv6 documentation", "2001:db8::1"],
    ["none at all", "localhost"],
  ])("%s is not public: %s", (_name, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each(["8.8.8.8", "1.1.1.1", "172.32.0.1", "100.128.0.1", "2606:4700:4700::1111", "2a00:1450:4001::8"])(
    "%s is public",
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe("a URL that leads inside", () => {
  test.each([
    "http://127.0.0.1/",
    "http://2130706433/",
    "http://0177.0.0.1/",
    "http://0x7f.1/",
    "http://0x7f000001/",
    "http://127.1/",
    "http://127.0.0.1./",
    "http://[::ffff:127.0.0.1]/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fe80::1]/",
    "http://[64:ff9b::a00:1]/",
    "http://[2002:a00:1::]/",
    "http://localhost/",
    "http://localhost./",
    "http://LOCALHOST/",
    "http://printer.local/",
    "http://metadata.google.internal/",
    "http://intranet/",
    "http://①②⑦.⓪.⓪.①/",
    "http://169.254.169.254/latest/meta-data",
  ])("%s is refused before anything is looked up", (url) => {
    expect(checkOutboundUrl(url, strict)).toEqual({ ok: false, why: "must not lead into a private network" });
  });

  test.each([
    ["http://good@127.0.0.1/", "must not carry a user name or password"],
    ["https://user:pass@example.com/", "must not carry a user name or password"],
    ["https://example.com:22/", "must use port 80, 443, 8080 or 8443"],
    ["https://example.com:6379/", "must use port 80, 443, 8080 or 8443"],
    ["ftp://example.com/", "must be an http:// or https:// address"],
    ["file:///etc/passwd", "must be an http:// or https:// address"],
    ["javascript:alert(1)", "must be an http:// or https:// address"],
    ["nonsense", "must be an http:// or https:// address"],
    ["", "must be an http:// or https:// address"],
  ])("%s is refused: %s", (url, why) => {
    expect(checkOutboundUrl(url, strict)).toEqual({ ok: false, why });
  });

  test.each([
    "https://example.com/hook?a=b",
    "http://example.com:8080/",
    "https://8.8.8.8/",
    "https://xn--bcher-kva.example:8443/",
  ])("%s passes", (url) => {
    expect(checkOutboundUrl(url, strict).ok).toBe(true);
  });
});

describe("the policy", () => {
  test("wants https where Rapport itself has it, and lets in loopback only when told to", () => {
    const production = outboundPolicy({ publicUrl: "https://crm.example.com", allowPrivate: false });
    expect(checkOutboundUrl("http://example.com/", production)).toEqual({ ok: false, why: "must begin with https://" });
    expect(checkOutboundUrl("https://example.com/", production).ok).toBe(true);
    const open = outboundPolicy({ publicUrl: "https://crm.example.com", allowPrivate: true });
    expect(checkOutboundUrl("http://127.0.0.1:9999/", open).ok).toBe(true);
    expect(outboundPolicy({ publicUrl: undefined, allowPrivate: false })).toEqual(strict);
  });
});
