import { listOf, objectOf, textOf } from "../../../../shared/json.ts";
import type { MailReport, ReportedRecipient } from "../../../domain/mail-intake/mail-report.ts";
import { classOf } from "./bounce-class.ts";
import { addressIn } from "./failure-sign.ts";

/** Amazon SES tells by JSON in a mail, once more wrapped where a topic carries it. */
export function readSesNotification(text: string): MailReport | null {
  if (!text.includes("notificationType")) return null;
  const outer = parse(text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1)) ?? parse(firstLineFrom(text));
  const wrapped = textOf(outer?.Message);
  const told = wrapped === undefined ? outer : parse(wrapped);
  const originalMessageId = textOf(objectOf(told?.mail)?.messageId) ?? null;
  const recipients = recipientsOf(told ?? {});
  if (recipients.length === 0) return null;
  const kind = textOf(told?.notificationType) === "Complaint" ? "complaint" : "bounce";
  return { kind, recipients, originalMessageId };
}

function recipientsOf(told: Record<string, unknown>): ReportedRecipient[] {
  const bounce = objectOf(told.bounce);
  const complaint = objectOf(told.complaint);
  if (bounce)
    return listOf(bounce.bouncedRecipients).map((entry) => bounced(objectOf(entry) ?? {}, textOf(bounce.bounceType)));
  const named = complaint
    ? listOf(complaint.complainedRecipients).map((entry) => objectOf(entry)?.emailAddress)
    : listOf(objectOf(told.delivery)?.recipients);
  return named.map((entry) => ({
    recipient: addressIn(textOf(entry)) ?? null,
    forwardedFrom: null,
    class: complaint ? ("complaint" as const) : ("delivered" as const),
    status: null,
    diagnostic: "",
  }));
}

function bounced(entry: Record<string, unknown>, type: string | undefined): ReportedRecipient {
  const diagnostic = (textOf(entry.diagnosticCode) ?? "").replace(/^\s*smtp;\s*/i, "");
  const status = textOf(entry.status) ?? null;
  const judged = classOf({ action: "failed", status, diagnostic }, "");
  const isVague = diagnostic === "" && type === "Permanent";
  const recipient = addressIn(textOf(entry.emailAddress)) ?? null;
  return { recipient, forwardedFrom: null, class: isVague ? "hard" : judged, status, diagnostic };
}

function firstLineFrom(text: string): string {
  return text.slice(text.indexOf("{")).split("\n")[0] ?? "";
}

// Mail servers fold the long line that the JSON is.
function parse(text: string): Record<string, unknown> | undefined {
  for (const json of [text, text.replaceAll("\n ", ""), text.replaceAll("\n", "")]) {
    try {
      return objectOf(JSON.parse(json));
    } catch {
      // Unfolded it may be whole.
    }
  }
  return undefined;
}
