import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";

type Pair = { contactId: number; channelAccountId: number };

/** The conversation of each person on each number, made where there is none. */
export async function conversationsFor<Item extends Pair>(tx: TxCtx, items: Item[]): Promise<Map<Item, number>> {
  const pairs = new Map(items.map((item) => [nameOf(item), item]));
  const columns = {
    companyId: tx.companyId,
    contactIds: [...pairs.values()].map((item) => item.contactId),
    accountIds: [...pairs.values()].map((item) => item.channelAccountId),
  };
  const found = await tx.tx.all(selectConversations(columns));
  if (found.length < pairs.size) {
    await tx.tx.run(insertConversations(columns));
    found.push(...(await tx.tx.all(selectConversations(columns))));
  }
  const ids = new Map(found.map((row) => [`${row.contact_id} ${row.channel_account_id}`, row.id]));
  return new Map(items.map((item) => [item, ids.get(nameOf(item)) ?? 0]));
}

function nameOf(item: Pair): string {
  return `${item.contactId} ${item.channelAccountId}`;
}

type Columns = { companyId: number; contactIds: number[]; accountIds: number[] };

const selectConversations = prepared<Columns>()(
  (_db, arg) => sql<{ id: number; contact_id: number; channel_account_id: number }>`
    select c.id, c.contact_id, c.channel_account_id
    from conversations c join unnest(${arg("contactIds")}::bigint[], ${arg("accountIds")}::bigint[]) as w (contact_id, channel_account_id)
      on c.contact_id = w.contact_id and c.channel_account_id = w.channel_account_id
    where c.company_id = ${arg("companyId")}`,
);

const insertConversations = prepared<Columns>()(
  (_db, arg) => sql<never>`
    insert into conversations (company_id, contact_id, channel_account_id)
    select ${arg("companyId")}::bigint, w.contact_id, w.channel_account_id
    from unnest(${arg("contactIds")}::bigint[], ${arg("accountIds")}::bigint[]) as w (contact_id, channel_account_id)
    on conflict (company_id, contact_id, channel_account_id) do nothing`,
);
