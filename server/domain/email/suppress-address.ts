import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import type { SuppressedAddress } from "../policy/send-facts.ts";

export type Suppression = {
  /** Folded. */
  address: string;
  reason: SuppressedAddress["reason"];
  detail?: JsonObject;
};

/** Nothing more goes to this address until somebody takes it off the list; a stronger reason replaces a weaker one. */
export async function suppressAddress(tx: TxCtx, { address, reason, detail = {} }: Suppression): Promise<void> {
  const { companyId } = tx;
  const now = tx.now().toISOString();
  await tx.tx.run(writeSuppression({ companyId, address, reason, detail: JSON.stringify(detail), now }));
}

/** Full or unreachable for a time; after so many of them in a row nothing more is tried. */
export const mostSoftBounces = 5;

/** Counts a bounce that may pass, and closes the address after several. */
export async function noteSoftBounce(tx: TxCtx, address: string, detail: JsonObject = {}): Promise<void> {
  const { companyId } = tx;
  const now = tx.now().toISOString();
  await tx.tx.run(countSoft({ companyId, address, detail: JSON.stringify(detail), now, most: mostSoftBounces }));
}

/** The address takes mail after all: somebody says so, or a mail from it or to it arrived. Gives whether it was on the list. */
export async function unsuppressAddress(tx: TxCtx, address: string): Promise<boolean> {
  return (await tx.tx.run(dropSuppression({ companyId: tx.companyId, address }))) > 0;
}

type Row = { companyId: number; address: string; reason: string; detail: string; now: string };

// Unsubscribing is about marketing alone: it does not open an address that bounces.
const writeSuppression = prepared<Row>()(
  (_db, arg) => sql<never>`
    insert into email_suppressions as s (company_id, address, reason, detail, suppressed_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("address")}::text, ${arg("reason")}::text, ${arg("detail")}::jsonb, ${arg("now")}::timestamptz,
      ${arg("now")}::timestamptz)
    on conflict (company_id, address) do update set
      reason = case when s.suppressed_at is null or s.reason = 'unsubscribed' then excluded.reason else s.reason end,
      detail = case when s.suppressed_at is null or s.reason = 'unsubscribed' then excluded.detail else s.detail end,
      suppressed_at = coalesce(s.suppressed_at, excluded.suppressed_at), updated_at = excluded.updated_at`,
);

const countSoft = prepared<{ companyId: number; address: string; detail: string; now: string; most: number }>()(
  (_db, arg) => sql<never>`
    insert into email_suppressions as s (company_id, address, reason, detail, soft_bounces, updated_at)
    values (${arg("companyId")}::bigint, ${arg("address")}::text, 'soft_bounces', ${arg("detail")}::jsonb, 1, ${arg("now")}::timestamptz)
    on conflict (company_id, address) do update set soft_bounces = s.soft_bounces + 1, updated_at = excluded.updated_at,
      reason = case when s.suppressed_at is null then 'soft_bounces' else s.reason end,
      detail = case when s.suppressed_at is null then excluded.detail else s.detail end,
      suppressed_at = case when s.soft_bounces + 1 >= ${arg("most")}::int then coalesce(s.suppressed_at, excluded.updated_at)
        else s.suppressed_at end`,
);

const dropSuppression = prepared<{ companyId: number; address: string }>()(
  (_db, arg) => sql<never>`
    delete from email_suppressions where company_id = ${arg("companyId")}::bigint and address = ${arg("address")}::text`,
);
