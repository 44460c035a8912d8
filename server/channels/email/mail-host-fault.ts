import { isIPv6 } from "node:net";
import { checkOutboundUrl } from "../../domain/outbound-addresses/check-outbound-url.ts";
import { demoHost } from "./demo/demo-mail-server.ts";

/** Why a mail server may not be called, completing "the server …"; undefined where it may. Names are judged again at each connection. */
export function mailHostFault({ allowPrivate }: { allowPrivate: boolean }): (host: string) => string | undefined {
  return (host) => {
    if (host === demoHost) return undefined;
    const checked = checkOutboundUrl(`https://${isIPv6(host) ? `[${host}]` : host}`, {
      allowPrivate,
      httpsOnly: false,
    });
    return checked.ok ? undefined : checked.why;
  };
}
