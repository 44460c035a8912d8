import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import type { MessagePrice } from "./message-price.ts";

/** The most prices a company keeps of its own; PUT refuses more. */
export const mostPrices = 2_000;

/** The company's own prices, by market, category and date. */
export async function listMessagePrices(ctx: Ctx): Promise<MessagePrice[]> {
  return ctx.db.all(pricesOfCompany({ companyId: ctx.companyId, limit: mostPrices }));
}

const pricesOfCompany = prepared<{ companyId: number; limit: number }>()(
  (_db, arg) => sql<MessagePrice>`
    select market, category, valid_from_on as "validFromOn", currency, trim_scale(amount)::text as amount from message_prices
    where company_id = ${arg("companyId")}::bigint order by market, category, valid_from_on limit ${arg("limit")}::int`,
);
