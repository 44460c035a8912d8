import type { MailReport } from "../../../domain/mail-intake/mail-report.ts";
import { allParts, headerOf, type MimePart, readFields, textOfPart } from "../mime-part.ts";
import { addressIn } from "./failure-sign.ts";
import type { Returned } from "./returned-message.ts";

/** A feedback report (RFC 5965), or Hotmail's, which has the mail but no fields. */
export function readFeedback(root: MimePart, { messageId, to }: Returned): MailReport | null {
  const part = allParts(root).find(({ type }) => type === "message/feedback-report");
  if (!part && !isHotmail(root)) return null;
  const fields = readFields(part ? textOfPart(part) : "");
  const type = fields.get("feedback-type")?.[0]?.toLowerCase() ?? "abuse";
  if (type === "not-spam") return null;
  const named = [...(fields.get("original-rcpt-to") ?? []), ...(fields.get("removal-recipient") ?? [])].map(addressIn);
  const people = named.filter((address) => address !== undefined);
  const recipients = people.length > 0 ? [...new Set(people)] : [to];
  // A report about signatures speaks of our set-up, not of anybody's wish.
  const isTechnical = type === "auth-failure" || type === "dmarc" || type === "virus";
  return {
    kind: isTechnical ? "bounce" : "complaint",
    originalMessageId: messageId,
    recipients: recipients.slice(0, 100).map((recipient) => ({
      recipient,
      forwardedFrom: null,
      class: isTechnical ? "policy" : "complaint",
      status: null,
      diagnostic: `Feedback report: ${type}`,
    })),
  };
}

function isHotmail(root: MimePart): boolean {
  return (
    addressIn(headerOf(root, "from")) === "staff@hotmail.com" &&
    /complaint about message from/i.test(headerOf(root, "subject") ?? "")
  );
}
