import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { activityIntents } from "./activity-intents.ts";

export type EmailActivity = {
  messageId: number;
  contactId: number;
  leadId: number | null;
  direction: "incoming" | "outgoing";
  subject: string;
  text: string | null;
  fromName: string;
  toName: string;
  userId: number | null;
  occurredAt: Date;
};

/** The line that each mail is in the one log of what happens with a person. One message, one line, however often it is told. */
export async function recordEmailActivities(tx: TxCtx, emails: EmailActivity[]): Promise<void> {
  if (emails.length === 0) return;
  await tx.tx.run(
    insertActivities({
      companyId: tx.companyId,
      now: tx.now().toISOString(),
      rows: JSON.stringify(emails.map(rowOf)),
    }),
  );
}

function rowOf({ messageId, contactId, leadId, direction, subject, text, userId, ...email }: EmailActivity) {
  const title = subject.trim() === "" ? "(no subject)" : subject.slice(0, 500);
  const description = text === null ? null : text.slice(0, 2_000);
  return {
    message_id: messageId,
    contact_id: contactId,
    lead_id: leadId,
    direction,
    title,
    description,
    intents: activityIntents({ title, description }),
    from_name: email.fromName.slice(0, 300),
    to_name: email.toName.slice(0, 300),
    user_id: userId,
    occurred_at: email.occurredAt.toISOString(),
  };
}

const insertActivities = prepared<{ companyId: number; now: string; rows: string }>()(
  (_db, arg) => sql<never>`
    insert into activities (company_id, contact_id, lead_id, activity_type, title, description, direction, from_name, to_name, intents,
      user_id, message_id, occurred_at, created_at, updated_at)
    select ${arg("companyId")}::bigint, r.contact_id, r.lead_id, 'email', r.title, r.description, r.direction, r.from_name, r.to_name,
      array(select jsonb_array_elements_text(r.intents)), r.user_id, r.message_id, r.occurred_at, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb) as r (message_id bigint, contact_id bigint, lead_id bigint, direction text, title text,
      description text, from_name text, to_name text, intents jsonb, user_id bigint, occurred_at timestamptz)
    on conflict (company_id, message_id) where message_id is not null do nothing`,
);
