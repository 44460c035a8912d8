import { countContacts } from "../contacts/count-contacts.ts";
import type { Ctx } from "../context.ts";
import { companyTotals } from "./company-totals.ts";

/** How many people the caller sees: from the company's totals, or by count where that is some of them only. */
export async function countPeople(ctx: Ctx): Promise<number> {
  return ctx.reach.ownerIds === null ? (await companyTotals(ctx)).contacts : countContacts(ctx);
}
