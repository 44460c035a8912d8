import { createHash } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { requirePerson } from "./notification-settings.ts";

/** As a browser's PushManager gives it. */
export type NewPushSubscription = { endpoint: string; p256dh: string; auth: string; userAgent?: string | undefined };

/** Why an address may not be called; undefined where it may. */
export type EndpointFault = (url: string) => string | undefined;

const mostBrowsers = 20;

/** Lets a browser of the caller be pushed to. It is theirs alone from now on, whoever used it before; the oldest of many are forgotten. */
export async function subscribePush(ctx: Ctx, input: NewPushSubscription, faultOf: EndpointFault): Promise<number> {
  const userId = requirePerson(ctx);
  check(input, faultOf);
  return ctx.transact(async (tx) => {
    const hash = hashOf(input.endpoint);
    await tx.tx.run(takeFromOthers({ companyId: tx.companyId, userId, hash }));
    const row = await tx.tx.first(
      upsert({
        ...input,
        userAgent: input.userAgent?.slice(0, 300) ?? null,
        companyId: tx.companyId,
        userId,
        hash,
        now: tx.now().toISOString(),
      }),
    );
    if (!row) throw new Error("an insert gave no row");
    await tx.tx.run(forgetOldest({ companyId: tx.companyId, userId, keep: mostBrowsers }));
    return row.id;
  });
}

/** Forgets a browser of the caller; one that is not known is forgotten already. */
export async function unsubscribePush(ctx: Ctx, endpoint: string): Promise<void> {
  const userId = requirePerson(ctx);
  await ctx.transact((tx) => tx.tx.run(forget({ companyId: tx.companyId, userId, hash: hashOf(endpoint) })));
}

function check({ endpoint, p256dh, auth }: NewPushSubscription, faultOf: EndpointFault): void {
  const fault = faultOf(endpoint);
  if (fault !== undefined) throw invalid("endpoint", `The address ${fault}.`);
  const key = Buffer.from(p256dh, "base64url");
  if (key.length !== 65 || key[0] !== 4)
    throw invalid("keys.p256dh", "p256dh must be a public key on P-256, in base64url.");
  if (Buffer.from(auth, "base64url").length !== 16) throw invalid("keys.auth", "auth must be 16 bytes in base64url.");
}

function hashOf(endpoint: string): string {
  return createHash("sha256").update(endpoint).digest("hex");
}

const takeFromOthers = prepared<{ companyId: number; userId: number; hash: string }>()(
  (_db, arg) => sql<never>`
    delete from push_subscriptions where endpoint_hash = decode(${arg("hash")}::text, 'hex')
      and (company_id, user_id) is distinct from (${arg("companyId")}::bigint, ${arg("userId")}::bigint)`,
);

type Upsert = Omit<NewPushSubscription, "userAgent"> & {
  companyId: number;
  userId: number;
  hash: string;
  userAgent: string | null;
  now: string;
};

const upsert = prepared<Upsert>()(
  (_db, arg) => sql<{ id: number }>`
    insert into push_subscriptions (company_id, user_id, endpoint, endpoint_hash, p256dh, auth, user_agent, created_at)
    values (${arg("companyId")}::bigint, ${arg("userId")}::bigint, ${arg("endpoint")}::text, decode(${arg("hash")}::text, 'hex'),
      ${arg("p256dh")}::text, ${arg("auth")}::text, ${arg("userAgent")}::text, ${arg("now")}::timestamptz)
    on conflict (company_id, endpoint_hash) do update set user_id = excluded.user_id, p256dh = excluded.p256dh, auth = excluded.auth,
      user_agent = excluded.user_agent
    returning id`,
);

const forget = prepared<{ companyId: number; userId: number; hash: string }>()(
  (_db, arg) => sql<never>`
    delete from push_subscriptions
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint
      and endpoint_hash = decode(${arg("hash")}::text, 'hex')`,
);

const forgetOldest = prepared<{ companyId: number; userId: number; keep: number }>()(
  (_db, arg) => sql<never>`
    delete from push_subscriptions
    where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint and id in (
      select id from push_subscriptions where company_id = ${arg("companyId")}::bigint and user_id = ${arg("userId")}::bigint
      order by id desc offset ${arg("keep")}::int)`,
);
