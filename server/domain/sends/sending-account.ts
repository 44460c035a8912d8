import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { DomainError, notFound } from "../domain-error.ts";

export type SendingAccount = { id: number; provider: string };

/** A number that can send: the named one, or the company's only one. A gateway only receives. */
export async function sendingAccount(ctx: Ctx, id?: number): Promise<SendingAccount> {
  const [account, ...others] = await sendingAccounts(ctx, id);
  if (others.length > 0) throw whichNumber();
  return account;
}

/** The numbers that can send, of which there is one at least; the named one alone where one is named. */
export async function sendingAccounts(ctx: Ctx, id?: number): Promise<[SendingAccount, ...SendingAccount[]]> {
  const accounts = await ctx.db.all(selectAccounts({ companyId: ctx.companyId, id: id ?? null }));
  const [account, ...others] = accounts.filter(({ provider }) => provider !== "whatsapp_gateway");
  if (id !== undefined && accounts.length === 0) throw notFound("channel_account", id);
  if (!account)
    throw new DomainError({ kind: "conflict", message: "No number that can send is connected to WhatsApp here." });
  return [account, ...others];
}

/** The refusal where several numbers could send and none is named. */
export function whichNumber(): DomainError {
  return new DomainError({
    kind: "invalid",
    problems: [{ path: "channelAccountId", message: "several numbers can send: say which, by channelAccountId" }],
  });
}

// Real numbers before the simulated one, which is there to try things out.
const selectAccounts = prepared<{ companyId: number; id: number | null }>()(
  (_db, arg) => sql<SendingAccount>`
    select id, provider from channel_accounts
    where company_id = ${arg("companyId")}::bigint and (${arg("id")}::bigint is not null or provider <> 'email')
      and (id = ${arg("id")}::bigint or (${arg("id")}::bigint is null and status = 'connected'
        and (provider <> 'simulator' or not exists (
          select from channel_accounts o where o.company_id = ${arg("companyId")}::bigint and o.provider = 'whatsapp_cloud' and o.status = 'connected'))))
    order by id limit 100`,
);
