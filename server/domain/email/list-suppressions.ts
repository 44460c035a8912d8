import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import type { SuppressedAddress } from "../policy/send-facts.ts";
import { readMailAddress } from "./mail-address.ts";
import { suppressAddress, unsuppressAddress } from "./suppress-address.ts";

export type Suppressed = { address: string; reason: SuppressedAddress["reason"]; since: string; detail: Json };

export type SuppressionPage = { items: Suppressed[]; next: string | null };

/** The addresses that get no mail, in their order. */
export async function listSuppressions(
  ctx: Ctx,
  { limit, after = "" }: { limit: number; after?: string },
): Promise<SuppressionPage> {
  const rows = await ctx.db.all(selectPage({ companyId: ctx.companyId, after, limit: limit + 1 }));
  const items = rows.slice(0, limit);
  return { items, next: rows.length > limit ? (items.at(-1)?.address ?? null) : null };
}

/** Puts an address on the list by hand. */
export async function addSuppression(ctx: Ctx, text: string): Promise<Suppressed> {
  const { address } = readMailAddress(text, "address");
  return ctx.transact(async (tx) => {
    await suppressAddress(tx, { address, reason: "manual" });
    const row = await tx.tx.first(selectOne({ companyId: tx.companyId, address }));
    if (!row) throw notFound("suppression", address);
    return row;
  });
}

/** Mail may go to the address again. */
export async function dropSuppression(ctx: Ctx, text: string): Promise<void> {
  const { address } = readMailAddress(text, "address");
  const wasThere = await ctx.transact((tx) => unsuppressAddress(tx, address));
  if (!wasThere) throw notFound("suppression", address);
}

const columns = sql`address, reason, suppressed_at as since, detail`;

const selectPage = prepared<{ companyId: number; after: string; limit: number }>()(
  (_db, arg) => sql<Suppressed>`
    select ${columns} from email_suppressions
    where company_id = ${arg("companyId")}::bigint and address > ${arg("after")}::text and suppressed_at is not null
    order by address limit ${arg("limit")}::int`,
);

const selectOne = prepared<{ companyId: number; address: string }>()(
  (_db, arg) => sql<Suppressed>`
    select ${columns} from email_suppressions
    where company_id = ${arg("companyId")}::bigint and address = ${arg("address")}::text and suppressed_at is not null`,
);
