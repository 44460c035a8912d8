import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx, type Role } from "../context.ts";
import { DomainError, forbidden } from "../domain-error.ts";
import { isSubscriptionActive, type Subscription } from "./subscription.ts";
import { displayName, getUser } from "./user.ts";

/** Who calls, in full: a person, or a key (without id and address) that acts for the company. */
export type Caller = {
  kind: "user" | "api_key" | "open";
  userId: number | null;
  email: string | null;
  name: string;
  firstName: string;
  lastName: string;
  role: Role;
  hasPassword: boolean;
  lastSignedInAt: string | null;
  createdAt: string | null;
  company: { id: number; slug: string; name: string };
  subscription: Subscription & { isActive: boolean };
};

export async function describeCaller(ctx: Ctx): Promise<Caller> {
  const row = await ctx.db.first(companyById({ companyId: ctx.companyId }));
  if (!row) throw new DomainError({ kind: "unauthenticated", message: "This company is gone." });
  const { id, slug, name, ...subscription } = row;
  const isActive = isSubscriptionActive(subscription, ctx.now());
  return { ...(await identity(ctx)), company: { id, slug, name }, subscription: { ...subscription, isActive } };
}

async function identity(ctx: Ctx): Promise<Omit<Caller, "company" | "subscription">> {
  const { actor } = ctx;
  const userId = actingUserId(ctx);
  if (userId !== null) {
    const { id, ...user } = await getUser(ctx, userId);
    return { kind: "user", userId: id, ...user, name: displayName(user) };
  }
  if (actor.kind !== "api_key" && actor.kind !== "open") throw forbidden("Only a caller can be described.");
  const key = actor.kind === "api_key" ? await keyOf(ctx, actor.keyId) : undefined;
  const name = key?.name ?? "";
  const nobody = { userId: null, email: null, firstName: name, lastName: "", hasPassword: false, lastSignedInAt: null };
  return { kind: actor.kind, ...nobody, name, role: actor.role, createdAt: key?.createdAt ?? null };
}

function keyOf(ctx: Ctx, keyId: number): Promise<{ name: string; createdAt: string } | undefined> {
  return ctx.db.first(keyById({ companyId: ctx.companyId, keyId }));
}

const companyById = prepared<{ companyId: number }>()(
  (_db, arg) => sql<Caller["company"] & Subscription>`
    select id, slug, name, subscription_status as status, subscription_plan as plan, subscription_ends_at as "endsAt"
    from companies where id = ${arg("companyId")}::bigint`,
);

const keyById = prepared<{ companyId: number; keyId: number }>()(
  (_db, arg) => sql<{ name: string; createdAt: string }>`
    select name, created_at as "createdAt" from api_keys
    where company_id = ${arg("companyId")}::bigint and id = ${arg("keyId")}::bigint`,
);
