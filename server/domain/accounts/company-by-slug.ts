import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { isSubscriptionActive, type Subscription } from "./subscription.ts";

export async function companyBySlug(
  db: Db,
  slug: string,
): Promise<{ id: number; subscriptionActive: boolean } | undefined> {
  const row = await db.first(selectCompany({ slug }));
  return row && { id: row.id, subscriptionActive: isSubscriptionActive(row, new Date()) };
}

const selectCompany = prepared<{ slug: string }>()(
  (_db, arg) => sql<{ id: number } & Subscription>`
    select id, subscription_status as status, subscription_plan as plan, subscription_ends_at as "endsAt"
    from companies where slug = ${arg("slug")}`,
);
