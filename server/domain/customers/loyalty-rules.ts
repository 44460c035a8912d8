import { sql } from "kysely";
import { withoutUndefined } from "../../../shared/without-undefined.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { changedFields } from "../events/changed-fields.ts";
import { recordEvent } from "../events/record-event.ts";
import { requireVersion } from "../require-version.ts";

export type LoyaltyTier = { name: string; from: number };

/** Points for each unit of currency, and from how many a person stands in which tier. The document's own until somebody edits them. */
export type LoyaltyRules = { pointsPerUnit: string; tiers: LoyaltyTier[]; version: number };

const documented: LoyaltyRules = {
  pointsPerUnit: "1",
  tiers: [
    { name: "bronze", from: 0 },
    { name: "silver", from: 200 },
    { name: "gold", from: 500 },
    { name: "platinum", from: 1000 },
  ],
  version: 0,
};

export async function getLoyaltyRules(ctx: Ctx): Promise<LoyaltyRules> {
  return (await ctx.db.first(rulesOf({ companyId: ctx.companyId }))) ?? documented;
}

/** New rules count for visits that are completed or priced from now on; points that were written stay. */
export async function updateLoyaltyRules(
  ctx: Ctx,
  patch: { pointsPerUnit?: string; tiers?: LoyaltyTier[] },
  options: { ifVersion?: number } = {},
): Promise<LoyaltyRules> {
  check(patch);
  return ctx.transact(async (tx) => {
    const before = await lockRules(tx);
    requireVersion("loyalty rules", before.version, options.ifVersion);
    const after = { ...before, ...withoutUndefined({ ...patch }) };
    const change = changedFields(before, after);
    if (!change) return before;
    const { pointsPerUnit, tiers } = after;
    const row = { companyId: tx.companyId, pointsPerUnit, tiers: JSON.stringify(tiers), now: tx.now().toISOString() };
    await tx.tx.run(writeRules(row));
    await recordEvent(tx, { type: "loyalty_rules.updated", subject: { kind: "company", id: tx.companyId }, ...change });
    return getLoyaltyRules(tx);
  });
}

/** The highest tier that these points reach. */
export function tierOf({ tiers }: LoyaltyRules, points: number): string {
  return tiers.findLast(({ from }) => points >= from)?.name ?? tiers[0]?.name ?? "";
}

/** Whole points for an exact amount, in whole numbers all the way: 0.1 + 0.2 is no 0.3 to a double. */
export function pointsFor({ pointsPerUnit }: LoyaltyRules, amount: string): number {
  return Number((tenThousandths(amount) * tenThousandths(pointsPerUnit)) / 100_000_000n);
}

function tenThousandths(decimal: string): bigint {
  const [whole = "0", fraction = ""] = decimal.split(".");
  return BigInt(`${whole}${fraction.padEnd(4, "0").slice(0, 4)}`);
}

// The company's row of settings, because there may be none of the rules yet to hold.
async function lockRules(tx: TxCtx): Promise<LoyaltyRules> {
  await tx.tx.first(lockCompany({ companyId: tx.companyId }));
  return getLoyaltyRules(tx);
}

function check({ pointsPerUnit, tiers }: { pointsPerUnit?: string; tiers?: LoyaltyTier[] }): void {
  if (pointsPerUnit !== undefined && (!/^\d{1,4}(\.\d{1,4})?$/.test(pointsPerUnit) || Number(pointsPerUnit) > 1000))
    throw invalid("pointsPerUnit", "pointsPerUnit must be a number from 0 to 1000 with at most 4 decimals");
  if (tiers === undefined) return;
  if (tiers.length < 1 || tiers.length > 20) throw invalid("tiers", "tiers must be 1 to 20");
  const rises = tiers.every(({ from }, index) => Number.isInteger(from) && from > (tiers[index - 1]?.from ?? -1));
  if (tiers[0]?.from !== 0 || !rises) throw invalid("tiers", "tiers must begin at 0 points and rise");
  const names = new Set(tiers.map(({ name }) => name.trim().toLowerCase()));
  if (names.size < tiers.length || names.has("") || tiers.some(({ name }) => name.length > 100))
    throw invalid("tiers", "tiers must have different names of 1 to 100 characters");
}

const rulesOf = prepared<{ companyId: number }>()(
  (_db, arg) => sql<LoyaltyRules>`
    select trim_scale(points_per_unit) as "pointsPerUnit", tiers, version from loyalty_rules
    where company_id = ${arg("companyId")}::bigint`,
);

const lockCompany = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ companyId: number }>`
    select company_id as "companyId" from company_settings where company_id = ${arg("companyId")}::bigint for no key update`,
);

const writeRules = prepared<{ companyId: number; pointsPerUnit: string; tiers: string; now: string }>()(
  (_db, arg) => sql<never>`
    insert into loyalty_rules (company_id, points_per_unit, tiers, updated_at)
    values (${arg("companyId")}::bigint, ${arg("pointsPerUnit")}::numeric, ${arg("tiers")}::jsonb, ${arg("now")}::timestamptz)
    on conflict (company_id) do update set points_per_unit = excluded.points_per_unit, tiers = excluded.tiers,
      version = loyalty_rules.version + 1, updated_at = excluded.updated_at`,
);
