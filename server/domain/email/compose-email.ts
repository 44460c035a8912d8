import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { requireAttachments } from "../attachments/keep-with-message.ts";
import type { TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import type { OutgoingEmail } from "../sends/outgoing-content.ts";
import { type MailAddress, oneLine, readMailAddresses } from "./mail-address.ts";
import { ownAddresses } from "./own-addresses.ts";
import type { SendEmail } from "./send-email.ts";
import { textOfHtml } from "./text-of-html.ts";

/** The mail that somebody asks for: addresses read, the text alternative made, what it names looked up. */
export async function composeEmail(tx: TxCtx, input: SendEmail): Promise<OutgoingEmail> {
  const { subject, body, html = null, leadId = null, inReplyToMessageId = null, attachmentIds = [] } = input;
  if (body === undefined && html === null) throw invalid("body", "body is required");
  if (attachmentIds.length > 0) await requireAttachments(tx, attachmentIds);
  return {
    type: "email",
    subject: oneLine(subject),
    text: body ?? textOfHtml(html ?? ""),
    html,
    to: await recipientsOf(tx, input),
    cc: readMailAddresses(input.cc, "cc"),
    bcc: readMailAddresses(input.bcc, "bcc"),
    inReplyToMessageId,
    attachmentIds: [...new Set(attachmentIds)],
    leadId,
  };
}

/** Who the mail goes to: those named, else whoever wrote the mail it answers, else the person's own address. What was taken off them gets none. */
async function recipientsOf(tx: TxCtx, { contactId, to, inReplyToMessageId }: SendEmail): Promise<MailAddress[]> {
  if (to !== undefined && to.length > 0) return readMailAddresses(to, "to");
  const { companyId } = tx;
  const answered =
    inReplyToMessageId === undefined
      ? undefined
      : await tx.tx.first(answeredTo({ companyId, contactId, messageId: inReplyToMessageId }));
  const person = answered ?? (await ownAddresses(tx, [contactId])).get(contactId);
  if (!person) throw invalid("to", "This person has no e-mail address. Name one in to.");
  return [person];
}

// The answer to what a person wrote goes where they wrote from; a second mail of ours goes where the first went. An address that is no name of
// theirs may be a colleague's, or have been taken off them: only the journal knows.
const answeredTo = prepared<{ companyId: number; contactId: number; messageId: number }>()(
  (_db, arg) => sql<MailAddress>`
    select a.address, a.name
    from emails e join messages m on m.company_id = e.company_id and m.id = e.message_id
    cross join lateral (
      select case when m.direction = 'in' then e.from_address else e.to_addresses -> 0 ->> 'address' end as address,
        case when m.direction = 'in' then e.from_name else coalesce(e.to_addresses -> 0 ->> 'name', '') end as name
    ) a
    where e.company_id = ${arg("companyId")}::bigint and e.message_id = ${arg("messageId")}::bigint and a.address <> ''
      and (
        exists (select from contact_identities i where i.company_id = e.company_id and i.kind = 'email' and i.value = lower(a.address)
          and i.contact_id = ${arg("contactId")}::bigint)
        or not exists (select from events v where v.company_id = e.company_id and v.subject_kind = 'contact'
          and v.subject_id = ${arg("contactId")}::bigint and v.type = 'contact.updated'
          and lower(v.before ->> 'email') = lower(a.address) and v.after -> 'email' = 'null'))`,
);
