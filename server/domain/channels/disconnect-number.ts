import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";

/** Forgets the token and who the number belongs to; its conversations stay. It may be connected again, also by another company. */
export async function disconnectNumber(tx: TxCtx, id: number): Promise<void> {
  const { companyId } = tx;
  if ((await tx.tx.run(forgetToken({ companyId, id }))) === 0) throw notFound("channel account", id);
  await tx.tx.run(dropRoutes({ companyId, id }));
  await recordEvent(tx, { type: "channel.disconnected", subject: { kind: "channel_account", id } });
}

const forgetToken = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update channel_accounts set status = 'disconnected', access_token_sealed = null, token_expires_at = null, subscribed_at = null,
      health = health - 'problems', updated_at = now()
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and provider = 'whatsapp_cloud'`,
);

const dropRoutes = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    delete from channel_routes where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("id")}::bigint`,
);
