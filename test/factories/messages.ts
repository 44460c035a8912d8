import { sql } from "kysely";
import type { Db } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";

export type MessageFields = {
  direction: "in" | "out";
  sentAt: string;
  intents?: string[];
  thread?: "first" | "second";
};

/** Messages of a person straight in the table, in a conversation on the company's simulated number or on a second one. */
export async function messagesOf(
  db: Db,
  companyId: number,
  contactId: number,
  messages: MessageFields[],
): Promise<void> {
  for (const { direction, sentAt, intents = [], thread = "first" } of messages) {
    await db.run(insertMessage({ companyId, contactId, direction, sentAt, intents, thread }));
  }
}

type MessageArgs = {
  companyId: number;
  contactId: number;
  direction: string;
  sentAt: string;
  intents: string[];
  thread: string;
};

const insertMessage = prepared<MessageArgs>()(
  (_db, arg) => sql<never>`
    with account as (
      insert into channel_accounts (company_id, provider, name, external_id)
      values (${arg("companyId")}::bigint, 'simulator', 'test', ${arg("thread")}::text)
      on conflict (company_id, provider, external_id) do update set name = excluded.name
      returning id
    ), conversation as (
      insert into conversations (company_id, contact_id, channel_account_id)
      select ${arg("companyId")}::bigint, ${arg("contactId")}::bigint, id from account
      on conflict (company_id, contact_id, channel_account_id) do update set version = conversations.version
      returning id, channel_account_id
    )
    insert into messages (company_id, conversation_id, contact_id, channel_account_id, direction, type, sent_at, intents)
    select ${arg("companyId")}::bigint, id, ${arg("contactId")}::bigint, channel_account_id, ${arg("direction")}::text, 'text',
      ${arg("sentAt")}::timestamptz, ${arg("intents")}::text[]
    from conversation`,
);
