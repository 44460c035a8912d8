import { type RawBuilder, sql } from "kysely";
import { foldText } from "../../../shared/fold-text.ts";
import { foldDigits } from "../../../shared/phone/fold-digits.ts";
import type { Ctx } from "../context.ts";
import { textPatterns } from "../text-patterns.ts";
import { type CustomerStatus, statisticsColumns, type VisitStatistics } from "./customer-record.ts";

/** A person in a list of customers. */
export type ListedCustomer = VisitStatistics & {
  contactId: number;
  name: string;
  firstName: string;
  lastName: string;
  email: string | null;
  phone: string | null;
  ownerUserId: number | null;
  customerStatus: CustomerStatus;
  lastContactedAt: string | null;
};

export const listedColumns: RawBuilder<unknown> = sql`
  c.id as "contactId", c.name, c.first_name as "firstName", c.last_name as "lastName", c.email, c.phone, c.owner_user_id as "ownerUserId",
  coalesce(r.customer_status, 'new') as "customerStatus", c.last_contacted_at as "lastContactedAt", ${statisticsColumns}`;

/** The words of a search as patterns for `soughtSql`, the most telling first. From whom numbers are hidden finds nobody by digits. */
export function searchParts({ reach }: Ctx, search: string | undefined): string[] | null {
  const words = search === undefined ? "" : foldText(search);
  if (words === "") return null;
  if (reach.masksPhones && /\d/.test(foldDigits(words))) return nobody;
  const { longest, parts } = textPatterns(words);
  return longest === null ? parts : [longest, ...parts.filter((part) => part !== longest)];
}

// Nobody is found by nothing at all.
const nobody = [""];

/** People `c` of whom all parts are somewhere in what they are found by; the first part by the index of letters where that is less. */
export function soughtSql(arg: (key: "parts") => string[] | null): RawBuilder<unknown> {
  const parts = sql`${arg("parts")}::text[]`;
  return sql`c.search_text like all (${parts}) and exists (select from contact_search found
    where found.company_id = c.company_id and found.contact_id = c.id and found.search_text like (${parts})[1])`;
}
