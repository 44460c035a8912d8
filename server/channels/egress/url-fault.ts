import { checkOutboundUrl } from "../../domain/outbound-addresses/check-outbound-url.ts";
import type { OutboundPolicy } from "../../domain/outbound-addresses/outbound-policy.ts";

/** Why an address may not be called, completing "the address …"; undefined where it may. Names are looked at again at each call. */
export function urlFault(policy: OutboundPolicy): (url: string) => string | undefined {
  return (url) => {
    const checked = checkOutboundUrl(url, policy);
    return checked.ok ? undefined : checked.why;
  };
}
