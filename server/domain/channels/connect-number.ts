import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { requeueUnrouted } from "../conversations/requeue-unrouted.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { resumeNumber } from "../sends/pause-number.ts";
import { clearChannelProblem } from "./mark-channel-problem.ts";

type Credentials = {
  phoneNumberId: string;
  wabaId: string;
  businessId: string | undefined;
  /** Sealed with the installation's key; the database never sees the token itself. */
  accessTokenSealed: string;
};

export type NumberToConnect = Credentials & { companySlug: string };

/** Connects a WhatsApp number to a company, or refreshes what is known of it. A number that was only discovered becomes connected. */
export async function connectNumber(db: Db, number: NumberToConnect): Promise<void> {
  const company = await db.first(selectCompany({ slug: number.companySlug }));
  if (!company) return;
  const now = new Date().toISOString();
  // Every start comes here: the connection stays as old as it is.
  await db.run(upsertNumber({ ...rowOf(number), companyId: company.id, tokenExpiresAt: null, now, anew: false }));
}

export type Connection = Credentials & { tokenExpiresAt: Date | null };

/**
 * The number is this company's from now on; one that is another company's is refused. What came for it before anyone had connected
 * it goes back to be processed. Returns its id.
 */
export async function saveConnection(tx: TxCtx, connection: Connection): Promise<number> {
  const { companyId } = tx;
  const { phoneNumberId, wabaId } = connection;
  await refuseTakenNumber(tx, { phoneNumberId, wabaId });
  const tokenExpiresAt = connection.tokenExpiresAt?.toISOString() ?? null;
  const now = tx.now().toISOString();
  const row = await tx.tx.first(upsertNumber({ ...rowOf(connection), companyId, tokenExpiresAt, now, anew: true }));
  if (!row) throw new DomainError(takenElsewhere);
  for (const problem of ["token_expired", "disconnected", "setup", "silence"] as const)
    await clearChannelProblem(tx, { channelAccountId: row.id, problem });
  await resumeNumber(tx, row.id);
  await requeueUnrouted(tx, [phoneNumberId, wabaId]);
  await recordEvent(tx, {
    type: "channel.connected",
    subject: { kind: "channel_account", id: row.id },
    data: { provider: "whatsapp_cloud", external_id: phoneNumberId, waba_id: wabaId },
  });
  return row.id;
}

/** One number, one company. The route's key decides in the end; this spares the vendor calls that lead there. */
export async function refuseTakenNumber(
  ctx: Ctx,
  { phoneNumberId, wabaId }: Pick<Credentials, "phoneNumberId" | "wabaId">,
): Promise<void> {
  const owners = await ctx.db.all(selectOwners({ phoneNumberId, wabaId }));
  if (owners.some((owner) => owner.companyId !== ctx.companyId)) throw new DomainError(takenElsewhere);
}

const takenElsewhere = {
  kind: "conflict",
  message: "This number or its WhatsApp account is connected to another company already.",
} as const;

function rowOf({ phoneNumberId, wabaId, businessId, accessTokenSealed }: Credentials) {
  return { phoneNumberId, wabaId, businessId: businessId ?? null, accessTokenSealed };
}

type Row = {
  companyId: number;
  phoneNumberId: string;
  wabaId: string;
  businessId: string | null;
  accessTokenSealed: string;
  tokenExpiresAt: string | null;
  now: string;
  anew: boolean;
};

const selectCompany = prepared<{ slug: string }>()(
  (_db, arg) => sql<{ id: number }>`select id from companies where slug = ${arg("slug")}::text`,
);

const selectOwners = prepared<{ phoneNumberId: string; wabaId: string }>()(
  (_db, arg) => sql<{ companyId: number }>`
    select company_id as "companyId" from channel_routes
    where (provider = 'whatsapp_cloud' and external_id = ${arg("phoneNumberId")}::text)
      or (provider = 'whatsapp_waba' and external_id = ${arg("wabaId")}::text)`,
);

// The route's key decides between two companies that connect the same number at once: the second gets no row.
const upsertNumber = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    with account as (
      insert into channel_accounts (company_id, provider, name, external_id, waba_id, business_id, access_token_sealed, token_expires_at,
        connected_at)
      values (${arg("companyId")}::bigint, 'whatsapp_cloud', 'WhatsApp ' || ${arg("phoneNumberId")}::text, ${arg("phoneNumberId")}::text,
        ${arg("wabaId")}::text, ${arg("businessId")}::text, ${arg("accessTokenSealed")}::text, ${arg("tokenExpiresAt")}::timestamptz,
        ${arg("now")}::timestamptz)
      on conflict (company_id, provider, external_id) do update set waba_id = excluded.waba_id,
        business_id = coalesce(excluded.business_id, channel_accounts.business_id), access_token_sealed = excluded.access_token_sealed,
        token_expires_at = excluded.token_expires_at, status = 'connected', updated_at = excluded.connected_at,
        connected_at = case when ${arg("anew")}::boolean then excluded.connected_at
          else coalesce(channel_accounts.connected_at, excluded.connected_at) end
      returning company_id, id
    ), routes as (
      insert into channel_routes (provider, external_id, company_id, channel_account_id)
      select n.provider, n.external_id, account.company_id, account.id
      from account, (values ('whatsapp_cloud', ${arg("phoneNumberId")}::text), ('whatsapp_waba', ${arg("wabaId")}::text)) as n (provider, external_id)
      on conflict (provider, external_id) do update set channel_account_id = excluded.channel_account_id
        where channel_routes.company_id = excluded.company_id
      returning provider
    )
    select account.id from account where (select count(*) from routes) = 2`,
);
