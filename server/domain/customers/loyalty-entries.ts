import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type TxCtx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type Page, pageOf } from "../page.ts";
import { getRecord } from "./get-record.ts";
import { lockRecord } from "./lock-record.ts";
import { getLoyaltyRules, pointsFor } from "./loyalty-rules.ts";
import { refreshRecord } from "./refresh-record.ts";

export const loyaltyKinds = ["earned", "reversed", "adjusted", "redeemed"] as const;
export type LoyaltyKind = (typeof loyaltyKinds)[number];

export type LoyaltyEntry = {
  id: number;
  appointmentId: number | null;
  kind: LoyaltyKind;
  points: number;
  reason: string | null;
  createdBy: number | null;
  createdAt: string;
};

/** One person's points as they came and went, newest first. */
export async function listLoyaltyEntries(
  ctx: Ctx,
  contactId: number,
  query: { limit: number; cursor?: number },
): Promise<Page<LoyaltyEntry, number>> {
  const { limit, cursor = Number.MAX_SAFE_INTEGER } = query;
  const rows = await ctx.db.all(entriesBefore({ companyId: ctx.companyId, contactId, cursor, count: limit + 1 }));
  return pageOf(rows, limit, ({ id }) => id);
}

/** Gives or takes points by hand, or lets the person spend them: spent points lower the balance and not the tier. */
export async function enterLoyalty(
  ctx: Ctx,
  contactId: number,
  input: { kind: "adjusted" | "redeemed"; points: number; reason?: string | null },
): Promise<void> {
  const { kind, points, reason = null } = input;
  if (!Number.isInteger(points) || points === 0 || Math.abs(points) > 1_000_000_000)
    throw invalid("points", "points must be a whole number other than 0");
  if (kind === "redeemed" && points < 0) throw invalid("points", "points to redeem must be more than 0");
  if (reason && reason.length > 1000) throw invalid("reason", "reason has at most 1000 characters");
  const change = kind === "redeemed" ? -points : points;
  await ctx.transact(async (tx) => {
    await lockRecord(tx, contactId);
    const { loyaltyPoints } = await getRecord(tx, contactId);
    if (change < 0 && loyaltyPoints + change < 0)
      throw new DomainError({ kind: "conflict", message: `There are only ${loyaltyPoints} points.` });
    await writeEntry(tx, { contactId, appointmentId: null, kind, points: change, reason });
    await refreshRecord(tx, contactId);
  });
}

/** What of a visit counts for points. */
export type PaidVisit = { id: number; contactId: number; amount: string; counts: boolean };

/**
 * Brings a visit's points to what it is worth: nothing where it is not, or no longer, completed. Only the difference is written, so
 * a visit that is completed, taken back and completed again has brought its points once. The caller holds the visit.
 */
export async function settleLoyalty(tx: TxCtx, { id, contactId, amount, counts }: PaidVisit): Promise<void> {
  const standing = (await tx.tx.first(pointsOfVisit({ companyId: tx.companyId, appointmentId: id })))?.points ?? 0;
  const worth = counts ? pointsFor(await getLoyaltyRules(tx), amount) : 0;
  if (worth === standing) return;
  const kind = worth > standing ? "earned" : "reversed";
  await writeEntry(tx, { contactId, appointmentId: id, kind, points: worth - standing, reason: null });
}

type NewEntry = Pick<LoyaltyEntry, "appointmentId" | "kind" | "points" | "reason"> & { contactId: number };

async function writeEntry(tx: TxCtx, entry: NewEntry): Promise<void> {
  const { contactId, kind, points, appointmentId } = entry;
  const args = { ...entry, companyId: tx.companyId, createdBy: actingUserId(tx), now: tx.now().toISOString() };
  await tx.tx.run(insertEntry(args));
  const subject = { kind: "contact", id: contactId } as const;
  const data = appointmentId === null ? {} : { appointment_id: appointmentId };
  await recordEvent(tx, { type: `loyalty.${kind}`, subject, contactId, after: { points }, data });
}

const entriesBefore = prepared<{ companyId: number; contactId: number; cursor: number; count: number }>()(
  (_db, arg) => sql<LoyaltyEntry>`
    select id, appointment_id as "appointmentId", kind, points, reason, created_by as "createdBy", created_at as "createdAt"
    from loyalty_entries
    where company_id = ${arg("companyId")}::bigint and contact_id = ${arg("contactId")}::bigint and id < ${arg("cursor")}::bigint
    order by id desc limit ${arg("count")}::int`,
);

const pointsOfVisit = prepared<{ companyId: number; appointmentId: number }>()(
  (_db, arg) => sql<{ points: number }>`
    select coalesce(sum(points), 0)::bigint as points from loyalty_entries
    where company_id = ${arg("companyId")}::bigint and appointment_id = ${arg("appointmentId")}::bigint`,
);

const insertEntry = prepared<NewEntry & { companyId: number; createdBy: number | null; now: string }>()(
  (_db, arg) => sql<never>`
    insert into loyalty_entries (company_id, contact_id, appointment_id, kind, points, reason, created_by, created_at)
    values (${arg("companyId")}::bigint, ${arg("contactId")}::bigint, ${arg("appointmentId")}::bigint, ${arg("kind")}::text,
      ${arg("points")}::bigint, ${arg("reason")}::text, ${arg("createdBy")}::bigint, ${arg("now")}::timestamptz)`,
);
