import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";

/** Forgets the token and who the number belongs to; its conversations stay. It may be connected again, also by another company. */
export async function disconnectNumber(tx: TxCtx, id: number): Promise<void> {
  const { companyId } = tx;
  if ((await tx.tx.run(forgetToken({ companyId, id }))) === 0) throw notFound("channel account", id);
  await tx.tx.run(handOverAccount({ companyId, id }));
  await tx.tx.run(dropRoutes({ companyId, id }));
  await recordEvent(tx, { type: "channel.disconnected", subject: { kind: "channel_account", id } });
}

const forgetToken = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set status = 'disconnected', access_token_sealed = null, token_expires_at = null, subscribed_at = null,
      health = health - 'problems', updated_at = now()
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and provider = 'whatsapp_cloud'`,
);

// What is said of the account still concerns its other numbers.
const handOverAccount = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update channel_routes r set channel_account_id = o.id
    from channel_accounts mine join channel_accounts o on o.company_id = mine.company_id and o.waba_id = mine.waba_id
      and o.id <> mine.id and o.access_token_sealed is not null
    where mine.company_id = ${arg("companyId")}::bigint and mine.id = ${arg("id")}::bigint
      and r.company_id = mine.company_id and r.channel_account_id = mine.id and r.provider = 'whatsapp_waba'`,
);

const dropRoutes = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    delete from channel_routes where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("id")}::bigint`,
);
