import { sql } from "kysely";
import { cleanText } from "../../../shared/clean-json.ts";
import type { Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";

export type MailToStore = { companyId: number; channelAccountId: number; body: Buffer; cutFromBytes: number | null };

export type ClaimedMail = {
  id: number;
  company_id: number;
  channel_account_id: number;
  body: Buffer;
  cut_from_bytes: number | null;
  received_at: string;
  attempts: number;
};

/** Reading takes seconds at most; a process that died over a mail gives it back after this. */
const leaseSeconds = 120;

const maxAttempts = 12;

export async function storeMail(db: Pick<Queries, "first">, mail: MailToStore): Promise<number> {
  const row = await db.first(insertMail(mail));
  if (!row) throw new Error("the mail was not stored");
  return row.id;
}

/**
 * Takes the next mail for a while. The attempt is counted before the mail is read: one that kills its reader comes back a few times and
 * not for ever.
 */
export async function claimMail(db: Pick<Queries, "first">): Promise<ClaimedMail | undefined> {
  return db.first(claimNext({ leaseSeconds }));
}

/** Tried again after a doubling pause of up to six hours; given up as `failed`, and shown by the doctor, after twelve attempts. */
export async function markMailFailed(db: Queries, id: number, error: string): Promise<void> {
  await db.run(countFailure({ id, error: cleanText(error.slice(0, 2_000)), maxAttempts }));
}

/** Holds a claimed mail until the transaction ends; false where another process finished it meanwhile. */
export async function holdMail(tx: Queries, id: number): Promise<boolean> {
  return (await tx.first(lockMail({ id }))) !== undefined;
}

const insertMail = prepared<MailToStore>()(
  (_db, arg) => sql<{ id: number }>`
    insert into inbound_deliveries (provider, company_id, channel_account_id, body, cut_from_bytes)
    values ('email', ${arg("companyId")}::bigint, ${arg("channelAccountId")}::bigint, ${arg("body")}::bytea, ${arg("cutFromBytes")}::bigint)
    returning id`,
);

const claimNext = prepared<{ leaseSeconds: number }>()(
  (_db, arg) => sql<ClaimedMail>`
    update inbound_deliveries d set attempts = d.attempts + 1, next_attempt_at = now() + make_interval(secs => ${arg("leaseSeconds")}::int)
    from (
      select id from inbound_deliveries
      where state = 'received' and provider = 'email' and next_attempt_at <= now() + interval '1 millisecond'
      order by next_attempt_at, id limit 1 for update skip locked
    ) n
    where d.id = n.id
    returning d.id, d.company_id, d.channel_account_id, d.body, d.cut_from_bytes, d.received_at, d.attempts`,
);

const countFailure = prepared<{ id: number; error: string; maxAttempts: number }>()(
  (_db, arg) => sql<never>`
    update inbound_deliveries set error = ${arg("error")}::text,
      state = case when attempts >= ${arg("maxAttempts")}::int then 'failed' else state end,
      next_attempt_at = now() + least(interval '6 hours', interval '1 second' * power(2, attempts))
    where id = ${arg("id")}::bigint and state = 'received'`,
);

const lockMail = prepared<{ id: number }>()(
  (_db, arg) => sql<{ id: number }>`
    select id from inbound_deliveries where id = ${arg("id")}::bigint and state = 'received' for update`,
);
