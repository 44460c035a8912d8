import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";

/** Remembers ids under which a message was not delivered, so that late words about them are known as such. */
export async function spendProviderIds(tx: TxCtx, spent: { sendId: number; providerId: string }[]): Promise<void> {
  if (spent.length === 0) return;
  await tx.tx.run(
    addSpent({
      companyId: tx.companyId,
      ids: spent.map(({ sendId }) => sendId),
      providerIds: spent.map(({ providerId }) => providerId),
    }),
  );
}

const addSpent = prepared<{ companyId: number; ids: number[]; providerIds: string[] }>()(
  (_db, arg) => sql<never>`
    update outbound_sends s set spent_provider_ids = array_append(s.spent_provider_ids, n.provider_id)
    from unnest(${arg("ids")}::bigint[], ${arg("providerIds")}::text[]) as n (id, provider_id)
    where s.company_id = ${arg("companyId")}::bigint and s.id = n.id and not s.spent_provider_ids @> array[n.provider_id]`,
);
