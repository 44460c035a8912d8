import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { Place } from "./patched-contact.ts";

/** Where a national phone number of this company's people is at home. */
export async function companyPlace(ctx: Ctx): Promise<Place> {
  const row = await ctx.db.first(defaultCountry({ companyId: ctx.companyId }));
  return { defaultCountry: row?.country ?? undefined };
}

const defaultCountry = prepared<{ companyId: number }>()(
  (_db, arg) => sql<{ country: string | null }>`
    select default_country as country from company_settings where company_id = ${arg("companyId")}::bigint`,
);
