import { objectOf, textOf } from "../../../shared/json.ts";
import type { Message } from "../../../shared/v1/conversation.ts";
import { webLink } from "./web-link.ts";

export type Ad = { word: string; headline: string | undefined; text: string | undefined; source: URL | undefined };

/** The ad or post that somebody wrote from. A gateway spells the same things in its own way. */
export function adOf(message: Message): Ad | undefined {
  const referral = objectOf(objectOf(message.payload)?.referral);
  if (!referral) return undefined;
  return {
    word: referral.source_type === "post" || referral.sourceType === "post" ? "Came from a post" : "Came from an ad",
    headline: textOf(referral.headline) ?? textOf(referral.title),
    text: textOf(referral.body),
    source: webLink(textOf(referral.source_url) ?? textOf(referral.sourceUrl)),
  };
}
