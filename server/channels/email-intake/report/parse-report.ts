import { cleanText } from "../../../../shared/clean-json.ts";
import type { MailReport, ReportedRecipient } from "../../../domain/mail-intake/mail-report.ts";
import { allParts, headerOf, type MimePart, textOfPart } from "../mime-part.ts";
import { classOf, codeIn } from "./bounce-class.ts";
import { readDeliveryStatus } from "./delivery-status.ts";
import { addressIn, type FailureSign } from "./failure-sign.ts";
import { readFeedback } from "./feedback-report.ts";
import { readProse } from "./read-prose.ts";
import { type Returned, readReturned } from "./returned-message.ts";
import { readSesNotification } from "./ses-notification.ts";

/** What a mail tells of mails of ours; null for any other mail. */
export function parseReport(root: MimePart): MailReport | null {
  const returned = readReturned(root);
  const feedback = readFeedback(root, returned);
  if (feedback) return feedback;
  const signs = statusSigns(root, returned);
  if (signs.length > 0) return bounceOf(signs, returned);
  if (!isFromMachine(root)) return null;
  const ses = readSesNotification(returned.prose);
  if (ses) return ses;
  if (
    !failed.test(headerOf(root, "subject") ?? "") &&
    !failed.test(returned.prose) &&
    !root.headers.has("x-failed-recipients")
  )
    return null;
  return bounceOf(proseSigns(root, returned), returned);
}

/** From a mail server rather than from a person. */
function isFromMachine(root: MimePart): boolean {
  const from = headerOf(root, "from") ?? "";
  if (root.headers.has("x-failed-recipients") || headerOf(root, "return-path")?.trim() === "<>") return true;
  return (
    from.trim() === "" ||
    /mailer-?daemon|postmaster|mail delivery|mail deliver|mmsc ndr|system administrator|no-reply@(sns\.amazonaws|\S*dion)|<>/i.test(
      from,
    )
  );
}

const failed =
  /undeliver|not be delivered|delivery (status|failure|has failed|problem)|failure notice|returned mail|mail (system )?error|delivery failed|delivery failure|did ?n[o']t reach|could not (be )?deliver|unable to deliver|error sending your mail|failed permanently|invalid final delivery|メールエラー|送信できません|notification message|groups? you tried|postfix smtp server: errors|delayed|エラー/i;

/** RFC 3464's fields; the returned mail, or the prose, stands in for a recipient that is no address. */
function statusSigns(root: MimePart, { prose, to }: Returned): FailureSign[] {
  const parts = allParts(root).filter(
    ({ type }) => type === "message/delivery-status" || type === "message/global-delivery-status",
  );
  const told = parts.length > 0 ? parts.map(textOfPart) : [/^final-recipient\s*:/im.test(prose) ? prose : ""];
  const signs = told.flatMap(readDeliveryStatus).map((sign) => withProse(sign, prose));
  const named = addressIn(headerOf(root, "x-failed-recipients"));
  return signs.map((sign) => ({
    ...sign,
    recipient: plausible(sign.recipient) ?? named ?? to ?? addressIn(prose) ?? null,
  }));
}

// OpenSMTPD answers 5.0.0 for all, and says beside each name what happened.
function withProse(sign: FailureSign, prose: string): FailureSign {
  if (sign.diagnostic.trim() !== "" || sign.recipient === null) return sign;
  const line = prose.split("\n").find((text) => text.trim().toLowerCase().startsWith(`${sign.recipient}:`));
  return line === undefined
    ? sign
    : {
        ...sign,
        diagnostic: line
          .trim()
          .slice(sign.recipient.length + 1)
          .trim(),
      };
}

function plausible(address: string | null): string | undefined {
  return address !== null && !address.startsWith("|") && !address.startsWith("/") ? address : undefined;
}

function proseSigns(root: MimePart, { prose, to }: Returned): FailureSign[] {
  const failedHeader = (headerOf(root, "x-failed-recipients") ?? "").split(",").map((text) => addressIn(text));
  const own = ["to", "from", "delivered-to", "x-original-to", "envelope-to", "reply-to", "sender"].flatMap(
    (name) => root.headers.get(name) ?? [],
  );
  const notThese = new Set(own.map((text) => addressIn(text)).filter((address) => address !== undefined));
  return readProse(prose, {
    failed: failedHeader.filter((address) => address !== undefined),
    returnedTo: to,
    notThese,
  });
}

function bounceOf(signs: FailureSign[], { prose, messageId }: Returned): MailReport | null {
  const recipients = signs.slice(0, 200).map((sign): ReportedRecipient => {
    const words = sign.diagnostic.trim() === "" ? prose : sign.diagnostic;
    return {
      recipient: sign.recipient ?? sign.original,
      forwardedFrom: sign.original,
      class: classOf(sign, prose),
      status: codeIn(sign.diagnostic) ?? sign.status,
      diagnostic: cleanText(words).replace(/\s+/g, " ").trim().slice(0, 500),
    };
  });
  return recipients.length === 0 ? null : { kind: "bounce", recipients, originalMessageId: messageId };
}
