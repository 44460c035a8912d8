import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { DomainError } from "../domain-error.ts";
import { isSubscriptionActive, type Subscription } from "./subscription.ts";

type Reads = Pick<Queries, "first">;

export async function companyBySlug(
  db: Reads,
  slug: string,
): Promise<{ id: number; subscriptionActive: boolean } | undefined> {
  const row = await db.first(selectCompany({ slug }));
  return row && { id: row.id, subscriptionActive: isSubscriptionActive(row, new Date()) };
}

/** Refuses, in a sentence for whoever typed the slug, where there is no such company. */
export async function companyIdOfSlug(db: Reads, slug: string): Promise<number> {
  const company = await companyBySlug(db, slug);
  if (!company) throw new DomainError({ kind: "conflict", message: `There is no company "${slug}".` });
  return company.id;
}

const selectCompany = prepared<{ slug: string }>()(
  (_db, arg) => sql<{ id: number } & Subscription>`
    select id, subscription_status as status, subscription_plan as plan, subscription_ends_at as "endsAt"
    from companies where slug = ${arg("slug")}`,
);
