import { createHash } from "node:crypto";
import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";

export type InboundAccount = { companyId: number; channelAccountId: number };

/** Whose mails come with this secret. */
export async function accountOfInboundSecret(
  db: Pick<Queries, "first">,
  secret: string,
): Promise<InboundAccount | undefined> {
  return db.first(accountByHash({ hash: hashOfInboundSecret(secret) }));
}

export function hashOfInboundSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

const accountByHash = prepared<{ hash: Buffer }>()(
  (_db, arg) => sql<InboundAccount>`
    select company_id as "companyId", channel_account_id as "channelAccountId" from email_accounts
    where inbound_secret_hash = ${arg("hash")}`,
);
