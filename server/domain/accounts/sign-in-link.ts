import { sql } from "kysely";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { DomainError } from "../domain-error.ts";
import { recordEvent } from "../events/record-event.ts";
import { type Instance, txOfCompany } from "./instance.ts";
import { hashToken, newToken } from "./secret-token.ts";
import { enterCompany, type SignedIn } from "./signed-in.ts";

export type LinkPurpose = "sign_in" | "password_reset";

const hoursValid: Record<LinkPurpose, number> = { sign_in: 24, password_reset: 1 };

/** A link that lets one person in once, within a day. Only its hash is kept; an earlier one of the same kind ends. */
export async function createSignInLink(tx: TxCtx, userId: number): Promise<string> {
  const token = await createLink(tx, userId, "sign_in");
  await recordEvent(tx, { type: "user.sign_in_link_created", subject: { kind: "user", id: userId } });
  return token;
}

export async function createLink(tx: TxCtx, userId: number, purpose: LinkPurpose): Promise<string> {
  const token = newToken();
  const { companyId } = tx;
  const now = tx.now();
  const expiresAt = new Date(now.getTime() + hoursValid[purpose] * 3_600_000).toISOString();
  const row = { companyId, userId, purpose, tokenHash: hashToken(token), expiresAt, now: now.toISOString() };
  await tx.tx.run(insertLink(row));
  return token;
}

export async function redeemSignInLink(instance: Instance, token: string): Promise<SignedIn> {
  return instance.db.transaction(async (queries) => {
    const link = await spendLink(instance, queries, token, "sign_in");
    const tx = txOfCompany(instance, queries, link.companyId);
    return enterCompany(tx, link.userId, "link");
  });
}

/** Of two who come with the same link at once, one gets in. */
export async function spendLink(
  instance: Instance,
  queries: Queries,
  token: string,
  purpose: LinkPurpose,
): Promise<{ userId: number; companyId: number }> {
  const link = await queries.first(spend({ tokenHash: hashToken(token), purpose, now: instance.now().toISOString() }));
  if (link) return link;
  throw new DomainError({ kind: "unauthenticated", message: "This link was used already or is too old." });
}

type LinkRow = {
  companyId: number;
  userId: number;
  purpose: LinkPurpose;
  tokenHash: Buffer;
  expiresAt: string;
  now: string;
};

const insertLink = prepared<LinkRow>()(
  (_db, arg) => sql<never>`
    with replaced as (
      delete from sign_in_tokens
      where user_id = ${arg("userId")}::bigint and purpose = ${arg("purpose")} and used_at is null
    )
    insert into sign_in_tokens (token_hash, user_id, company_id, purpose, expires_at, created_at)
    values (${arg("tokenHash")}, ${arg("userId")}::bigint, ${arg("companyId")}::bigint, ${arg("purpose")},
      ${arg("expiresAt")}::timestamptz, ${arg("now")}::timestamptz)`,
);

const spend = prepared<{ tokenHash: Buffer; purpose: LinkPurpose; now: string }>()(
  (_db, arg) => sql<{ userId: number; companyId: number }>`
    update sign_in_tokens set used_at = ${arg("now")}::timestamptz
    where token_hash = ${arg("tokenHash")} and purpose = ${arg("purpose")} and used_at is null
      and expires_at > ${arg("now")}::timestamptz
    returning user_id as "userId", company_id as "companyId"`,
);
