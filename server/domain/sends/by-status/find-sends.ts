import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { columnsOf } from "../../conversations/provider-id.ts";
import type { Refusals } from "../outbox/send-end.ts";

export type StatusName = { channelAccountId: number; providerId: string; callbackData: string | null };

export type FoundSend = {
  id: number;
  messageId: number;
  contactId: number;
  channelAccountId: number;
  state: string;
  refusals: Refusals;
  spentProviderIds: string[];
  /** The message's, where the vendor's answer or a status has told it. */
  providerId: string | null;
  messageStatus: string;
};

/** The outbox rows that statuses speak of, by our own id or else by the vendor's, locked; by the place of the status in the list. */
export async function findSends(tx: TxCtx, names: StatusName[]): Promise<Map<number, FoundSend>> {
  const places = await tx.tx.all(
    placesOf({
      companyId: tx.companyId,
      ...columnsOf(names),
      callbackIds: names.map(({ callbackData }) => (uuid.test(callbackData ?? "") ? callbackData : null)),
    }),
  );
  if (places.length === 0) return new Map();
  const rows = await tx.tx.all(lockSends({ companyId: tx.companyId, ids: places.map(({ id }) => id) }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    places.flatMap(({ place, id }) => {
      const send = byId.get(id);
      return send ? [[place - 1, send] as const] : [];
    }),
  );
}

// Anybody who shares the number may put anything there.
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

type Names = { companyId: number; accountIds: number[]; providerIds: string[]; callbackIds: (string | null)[] };

const placesOf = prepared<Names>()(
  (_db, arg) => sql<{ place: number; id: number }>`
    select n.place::int, coalesce(c.id, p.id) as id
    from unnest(${arg("accountIds")}::bigint[], ${arg("providerIds")}::text[], ${arg("callbackIds")}::uuid[])
      with ordinality as n (channel_account_id, provider_id, callback_id, place)
    left join outbound_sends c on c.company_id = ${arg("companyId")}::bigint and c.callback_id = n.callback_id
      and c.channel_account_id = n.channel_account_id
    left join lateral (
      select s.id from messages m
      join outbound_sends s on s.company_id = m.company_id and s.message_id = m.id
      where n.callback_id is null and m.company_id = ${arg("companyId")}::bigint
        and m.channel_account_id = n.channel_account_id and m.provider_id = n.provider_id
    ) p on true
    where coalesce(c.id, p.id) is not null`,
);

const lockSends = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<FoundSend>`
    select s.id, s.message_id as "messageId", s.contact_id as "contactId", s.channel_account_id as "channelAccountId", s.state, s.refusals,
      to_jsonb(s.spent_provider_ids) as "spentProviderIds", m.provider_id as "providerId", m.status as "messageStatus"
    from outbound_sends s join messages m on m.company_id = s.company_id and m.id = s.message_id
    where s.company_id = ${arg("companyId")}::bigint and s.id = any(${arg("ids")}::bigint[]) order by s.id for update of s`,
);
