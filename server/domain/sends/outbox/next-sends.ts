import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import { whatsappAddress } from "../../contacts/whatsapp-address.ts";
import type { TxCtx } from "../../context.ts";
import type { Purpose, SendOrigin } from "../../policy/send-decision.ts";
import { holdKey } from "../hold-sends.ts";
import type { OutgoingContent } from "../outgoing-content.ts";

export type NextSend = {
  id: number;
  messageId: number;
  conversationId: number;
  contactId: number;
  channelAccountId: number;
  purpose: Purpose;
  origin: SendOrigin;
  request: OutgoingContent;
  templateId: number | null;
  callbackId: string;
  attempts: number;
  replyToProviderId: string | null;
  provider: string;
  externalId: string;
  accessTokenSealed: string | null;
  phone: string | null;
  userId: string | null;
  /** After this it is cancelled instead of sent. */
  expiresAt: string | null;
};

/** What a number has to send now, one message of a conversation at a time, locked. The caller holds the number. */
export async function nextSends(tx: TxCtx, channelAccountId: number, limit: number): Promise<NextSend[]> {
  return tx.tx.all(selectNext({ companyId: tx.companyId, channelAccountId, limit, now: tx.now().toISOString() }));
}

// Whoever says STOP just now is left for the next turn, which sees the word; and the word waits for a claim that is under way.
// A message waits for those before it in its conversation, except for less urgent ones and those that wait for hours.
const selectNext = prepared<{ companyId: number; channelAccountId: number; limit: number; now: string }>()(
  (_db, arg) => sql<NextSend>`
    with next as materialized (
      select s.id, s.message_id, s.conversation_id, s.contact_id, s.channel_account_id, s.purpose, s.origin, s.request, s.callback_id,
        s.attempts, s.reply_to_provider_id, s.expires_at, row_number() over (order by s.priority desc, s.next_attempt_at, s.id) as place
      from (
        select s.id, s.message_id, s.conversation_id, s.contact_id, s.channel_account_id, s.purpose, s.origin, s.request, s.callback_id,
          s.attempts, s.reply_to_provider_id, s.priority, s.next_attempt_at, s.expires_at
        from outbound_sends s
        where s.company_id = ${arg("companyId")}::bigint and s.channel_account_id = ${arg("channelAccountId")}::bigint
          and s.state = 'queued' and s.next_attempt_at <= ${arg("now")}::timestamptz
          and not exists (
            select from outbound_sends e
            where e.company_id = s.company_id and e.conversation_id = s.conversation_id and e.state in ('queued', 'sending')
              and e.id < s.id and (e.state = 'sending' or (e.in_order and e.priority >= s.priority))
          )
        order by s.priority desc, s.next_attempt_at, s.id limit ${arg("limit")}::int for update skip locked
      ) s
      where pg_try_advisory_xact_lock_shared(${holdKey(sql`${arg("companyId")}::bigint`, sql`s.contact_id`)})
    )
    select s.id, s.message_id as "messageId", s.conversation_id as "conversationId", s.contact_id as "contactId",
      s.channel_account_id as "channelAccountId", s.purpose, s.origin, s.request, m.template_id as "templateId",
      s.callback_id as "callbackId", s.attempts, s.reply_to_provider_id as "replyToProviderId", a.provider, a.external_id as "externalId",
      a.access_token_sealed as "accessTokenSealed", coalesce(i.phone, c.phone) as phone, i.user_id as "userId", s.expires_at as "expiresAt"
    from next s
    join messages m on m.company_id = ${arg("companyId")}::bigint and m.id = s.message_id
    join channel_accounts a on a.company_id = ${arg("companyId")}::bigint and a.id = s.channel_account_id
    join contacts c on c.company_id = ${arg("companyId")}::bigint and c.id = s.contact_id
    left join conversations v on v.company_id = ${arg("companyId")}::bigint and v.id = s.conversation_id
    left join lateral (
      select ${whatsappAddress} as phone, max(i.value) filter (where i.kind = 'user_id') as user_id
      from contact_identities i where i.company_id = ${arg("companyId")}::bigint and i.contact_id = s.contact_id
    ) i on true
    order by s.place`,
);
