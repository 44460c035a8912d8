import { randomBytes } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import { notFound } from "../../domain-error.ts";
import { recordEvent } from "../../events/record-event.ts";
import { hashOfInboundSecret } from "./account-of-inbound-secret.ts";

/** A new secret for the address that takes this account's mails; the one before is void. Shown once, kept hashed. */
export async function rotateInboundSecret(ctx: Ctx, channelAccountId: number): Promise<string> {
  const secret = `mail_${randomBytes(24).toString("base64url")}`;
  await ctx.transact(async (tx) => {
    const hash = hashOfInboundSecret(secret);
    const written = await tx.tx.run(
      writeHash({ companyId: tx.companyId, channelAccountId, hash, now: tx.now().toISOString() }),
    );
    if (written === 0) throw notFound("email account", channelAccountId);
    const subject = { kind: "channel_account", id: channelAccountId } as const;
    await recordEvent(tx, { type: "gateway_secret.rotated", subject });
  });
  return secret;
}

const writeHash = prepared<{ companyId: number; channelAccountId: number; hash: Buffer; now: string }>()(
  (_db, arg) => sql<never>`
    update email_accounts set inbound_secret_hash = ${arg("hash")}::bytea, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and channel_account_id = ${arg("channelAccountId")}::bigint`,
);
