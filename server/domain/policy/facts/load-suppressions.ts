import type { Ctx } from "../../context.ts";
import { suppressedAmong } from "../../email/suppressed-among.ts";
import type { WantedSend } from "../send-decision.ts";
import type { SuppressedAddress } from "../send-facts.ts";

/** Which addresses of each mail take none. Messages that are no mails ask nothing. */
export async function loadSuppressions(
  ctx: Ctx,
  wanted: WantedSend[],
): Promise<(send: WantedSend) => SuppressedAddress[]> {
  const addresses = wanted.flatMap(addressesOf);
  if (addresses.length === 0) return () => [];
  const found = await suppressedAmong(ctx, [...new Set(addresses)]);
  const byAddress = new Map(found.map((each) => [each.address, each]));
  return (send) => addressesOf(send).flatMap((address) => byAddress.get(address) ?? []);
}

function addressesOf({ content }: WantedSend): string[] {
  return content.kind === "email" ? [...content.recipients, ...content.copies] : [];
}
