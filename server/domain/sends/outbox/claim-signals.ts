import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";

export type VendorSignal = {
  companyId: number;
  conversationId: number;
  channelAccountId: number;
  provider: string;
  externalId: string;
  accessTokenSealed: string | null;
  providerId: string;
  typing: boolean;
  attempts: number;
};

/** Takes signals that are due, over all companies; one that is not ended comes again half a minute later. */
export async function claimSignals(db: Queries, now: Date, limit: number): Promise<VendorSignal[]> {
  return db.all(takeSignals({ now: now.toISOString(), limit }));
}

/** Told, or tried often enough. A newer signal that came meanwhile stays. */
export async function endSignal(
  db: Queries,
  { companyId, conversationId, providerId, attempts }: VendorSignal,
): Promise<void> {
  await db.run(deleteSignal({ companyId, conversationId, providerId, attempts }));
}

const takeSignals = prepared<{ now: string; limit: number }>()(
  (_db, arg) => sql<VendorSignal>`
    with due as (
      select company_id, conversation_id from vendor_signals where due_at <= ${arg("now")}::timestamptz
      order by due_at limit ${arg("limit")}::int for update skip locked
    )
    update vendor_signals s set due_at = ${arg("now")}::timestamptz + interval '30 seconds', attempts = s.attempts + 1
    from due, channel_accounts a
    where s.company_id = due.company_id and s.conversation_id = due.conversation_id
      and a.company_id = s.company_id and a.id = s.channel_account_id
    returning s.company_id as "companyId", s.conversation_id as "conversationId", s.channel_account_id as "channelAccountId", a.provider,
      a.external_id as "externalId", a.access_token_sealed as "accessTokenSealed", s.provider_id as "providerId", s.typing, s.attempts`,
);

const deleteSignal = prepared<Pick<VendorSignal, "companyId" | "conversationId" | "providerId" | "attempts">>()(
  (_db, arg) => sql<never>`
    delete from vendor_signals where company_id = ${arg("companyId")}::bigint and conversation_id = ${arg("conversationId")}::bigint
      and provider_id = ${arg("providerId")}::text and attempts = ${arg("attempts")}::smallint`,
);
