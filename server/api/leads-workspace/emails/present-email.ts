import type { MailAddress } from "../../../domain/email/mail-address.ts";
import { type Lead, leadCode } from "../../../domain/leads/lead.ts";
import type { LeadEmail } from "../../../domain/leads/lead-emails.ts";
import { nobody } from "../leads/present-lead.ts";

export function presentEmail(lead: Lead, email: LeadEmail, names: Map<number, string>) {
  const isIncoming = email.direction === "incoming";
  const theirs = lead.email ?? "";
  const member = email.userId === null ? undefined : names.get(email.userId);
  return {
    id: String(email.activityId),
    lead_id: leadCode(lead.number),
    from: email.from || email.fromName || (isIncoming ? theirs : (member ?? "")),
    to: listed(email.to) ?? email.toName ?? (isIncoming ? "" : theirs),
    cc: listed(email.cc),
    bcc: listed(email.bcc),
    subject: email.subject,
    body: email.body,
    timestamp: email.at,
    status: email.status ?? (isIncoming ? "received" : "sent"),
    statusReason: email.statusReason ?? "",
    sentBy: isIncoming ? lead.contactName : (member ?? nobody),
  };
}

function listed(addresses: MailAddress[] | null): string | null {
  if (addresses === null || addresses.length === 0) return null;
  return addresses.map(({ address }) => address).join(", ");
}
