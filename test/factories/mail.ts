import { sql } from "kysely";
import type { Db } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";

/** A mail as it comes over the wire. Headers in their order; a value of several lines is taken as it is. */
export function rawMail(headers: Record<string, string>, body = "Hello"): Buffer {
  const head = { "MIME-Version": "1.0", "Content-Type": "text/plain; charset=utf-8", ...headers };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  return Buffer.from(`${lines.join("\r\n")}\r\n\r\n${body.replaceAll(/\r?\n/g, "\r\n")}`);
}

/** A connected e-mail account; gives the id of its channel. */
export async function emailAccount(db: Db, companyId: number, address = "office@clinic.example"): Promise<number> {
  const row = await db.first(insertAccount({ companyId, address }));
  if (!row) throw new Error("no account was made");
  return row.id;
}

const insertAccount = prepared<{ companyId: number; address: string }>()(
  (_db, arg) => sql<{ id: number }>`
    with channel as (
      insert into channel_accounts (company_id, provider, name, external_id, status)
      values (${arg("companyId")}::bigint, 'email', ${arg("address")}::text, ${arg("address")}::text, 'connected')
      returning company_id, id
    )
    insert into email_accounts (company_id, channel_account_id, from_address)
    select company_id, id, ${arg("address")}::text from channel returning channel_account_id as id`,
);
