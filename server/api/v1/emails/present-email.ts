import type * as View from "../../../../shared/v1/email.ts";
import type { Attachment } from "../../../domain/attachments/attachment.ts";
import { titleOfProblem } from "../../../domain/channels/channel-problem.ts";
import type { Email } from "../../../domain/email/email.ts";
import type { EmailAccount } from "../../../domain/email/email-account.ts";
import type { Visits } from "../../../domain/email/tracking/count-visits.ts";
import { sanitiseMail } from "../../../domain/mail-intake/sanitise-mail.ts";
import { presentAttachment } from "../attachments/present-attachment.ts";

export type SeenOfEmail = { visits: Visits | undefined; files: Attachment[] | undefined };

export async function presentEmail(email: Email, { visits, files = [] }: SeenOfEmail): Promise<View.Email> {
  return {
    id: email.messageId,
    conversation_id: email.conversationId,
    contact_id: email.contactId,
    lead_id: email.leadId,
    activity_id: email.activityId,
    channel_account_id: email.channelAccountId,
    thread_id: email.threadId,
    direction: email.direction,
    subject: email.subject,
    body: email.text,
    quoted_text: email.quotedText,
    html: email.html === null ? null : await sanitiseMail(email.html, { images: "blocked" }),
    from: email.from,
    to: email.to,
    cc: email.cc,
    bcc: email.bcc,
    attachments: files.map(presentAttachment),
    internet_message_id: email.internetMessageId,
    in_reply_to: email.inReplyTo,
    is_automatic: email.isAutomatic,
    bounce: email.bounce,
    opens: visits?.opens ?? 0,
    clicks: visits?.clicks ?? 0,
    machine_visits: visits?.byMachines ?? 0,
    status: email.status,
    status_reason: email.statusReason,
    author_user_id: email.authorUserId,
    sent_at: email.sentAt,
    accepted_at: email.acceptedAt,
    delivered_at: email.deliveredAt,
    failed_at: email.failedAt,
  };
}

export function presentEmailAccount(account: EmailAccount): View.EmailAccount {
  const { smtp, imap, dkim } = account;
  return {
    id: account.id,
    name: account.name,
    from_address: account.fromAddress,
    from_name: account.fromName,
    status: account.status,
    smtp: smtp && { ...smtp, has_password: account.hasSmtpPassword },
    imap: imap && { ...imap, has_password: account.hasImapPassword },
    dkim: dkim && { ...dkim, has_key: account.hasDkimKey },
    signature: account.signature,
    track_opens: account.trackOpens,
    track_clicks: account.trackClicks,
    plus_addresses: account.plusAddresses,
    imap_error: account.imapError,
    imap_checked_at: account.imapCheckedAt,
    problems: account.problems.map(({ problem, details, since }) => ({
      problem,
      title: titleOfProblem(problem, "email"),
      details,
      since,
    })),
    version: account.version,
    created_at: account.createdAt,
    updated_at: account.updatedAt,
  };
}
