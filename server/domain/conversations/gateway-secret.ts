import { createHash, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";

/** A new secret for this company's WhatsApp gateways; the one before is void. Shown once, kept hashed. */
export async function rotateGatewaySecret(ctx: Ctx): Promise<string> {
  const secret = `gws_${randomBytes(32).toString("base64url")}`;
  await ctx.transact(async (tx) => {
    await tx.tx.run(replaceSecret({ companyId: tx.companyId, hash: hashOf(secret) }));
    await recordEvent(tx, { type: "gateway_secret.rotated", subject: { kind: "company", id: tx.companyId } });
  });
  return secret;
}

export async function companyOfGatewaySecret(db: Db, secret: string): Promise<number | undefined> {
  return (await db.first(findCompany({ hash: hashOf(secret) })))?.company_id;
}

function hashOf(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}

const replaceSecret = prepared<{ companyId: number; hash: Buffer }>()(
  (_db, arg) => sql<never>`
    with gone as (delete from gateway_secrets where company_id = ${arg("companyId")}::bigint)
    insert into gateway_secrets (secret_hash, company_id) values (${arg("hash")}, ${arg("companyId")}::bigint)`,
);

const findCompany = prepared<{ hash: Buffer }>()(
  (_db, arg) => sql<{ company_id: number }>`select company_id from gateway_secrets where secret_hash = ${arg("hash")}`,
);
