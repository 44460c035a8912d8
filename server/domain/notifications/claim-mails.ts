import { sql } from "kysely";
import type { Db, Queries } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import { memberSeesSql } from "../reach/member-sees.ts";

export type MailEntry = { kind: string; title: string; body: string; happensAt: string | null; createdAt: string };

export type ClaimedMail = {
  companyId: number;
  id: number;
  attempts: number;
  cadence: "digest" | "immediately";
  to: string;
  companyName: string;
  locale: string;
  timeZone: string;
  masksPhones: boolean;
  entries: MailEntry[];
};

type ClaimedRow = Omit<ClaimedMail, "entries"> & { disabled: boolean };

/** A mail server is given less. */
const leaseMs = 5 * 60_000;
/** A mail lists so many; the rest is a number. */
const mostEntries = 200;

/**
 * Takes mails whose time has come and puts into each what its reader has not read; what one contains, no other will. A mail whose
 * sender died is not sent again: nobody knows whether it went, and the bell still has it all. A mail with nothing to say is skipped.
 */
export async function claimMails(db: Db, now: Date, limit: number): Promise<ClaimedMail[]> {
  return db.transaction(async (tx) => {
    const at = now.toISOString();
    await tx.run(giveUpDead({ now: at }));
    const claimed = await tx.all(
      claimDue({ now: at, limit, leaseUntil: new Date(now.getTime() + leaseMs).toISOString() }),
    );
    const mails: ClaimedMail[] = [];
    for (const { disabled, ...mail } of claimed) {
      if (mail.attempts === 1) await tx.run(fill({ companyId: mail.companyId, id: mail.id }));
      const entries = disabled ? [] : await entriesOf(tx, mail);
      if (entries.length > 0) mails.push({ ...mail, entries });
      else await tx.run(skip({ companyId: mail.companyId, id: mail.id, now: at }));
    }
    return mails;
  });
}

async function entriesOf(tx: Queries, { companyId, id }: { companyId: number; id: number }): Promise<MailEntry[]> {
  return tx.all(unreadOf({ companyId, id, limit: mostEntries }));
}

const giveUpDead = prepared<{ now: string }>()(
  (_db, arg) => sql<never>`
    update notification_mails set state = 'unknown', finished_at = ${arg("now")}::timestamptz,
      error = 'The process that sent it ended before the answer.'
    where state = 'sending' and due_at <= ${arg("now")}::timestamptz`,
);

const claimDue = prepared<{ now: string; limit: number; leaseUntil: string }>()(
  (_db, arg) => sql<ClaimedRow>`
    with due as materialized (
      select company_id, id from notification_mails where state = 'queued' and due_at <= ${arg("now")}::timestamptz
      order by due_at limit ${arg("limit")}::int for update skip locked
    ), taken as (
      update notification_mails m set state = 'sending', attempts = m.attempts + 1, due_at = ${arg("leaseUntil")}::timestamptz
      from due where m.company_id = due.company_id and m.id = due.id
      returning m.company_id, m.id, m.user_id, m.cadence, m.attempts
    )
    select t.company_id as "companyId", t.id, t.attempts, t.cadence, u.email as "to", c.name as "companyName",
      u.disabled_at is not null as disabled, coalesce(cs.locale, 'en') as locale,
      coalesce(s.time_zone, cs.time_zone, 'UTC') as "timeZone",
      exists (select from memberships p join role_reaches rr on rr.company_id = p.company_id and rr.role = p.role
        where p.company_id = t.company_id and p.user_id = t.user_id and p.role <> 'admin' and rr.phones = 'masked') as "masksPhones"
    from taken t
    join users u on u.id = t.user_id
    join companies c on c.id = t.company_id
    left join company_settings cs on cs.company_id = t.company_id
    left join notification_settings s on s.company_id = t.company_id and s.user_id = t.user_id
    order by t.id`,
);

const fill = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<never>`
    update notifications n set mail_id = m.id from notification_mails m
    where m.company_id = ${arg("companyId")}::bigint and m.id = ${arg("id")}::bigint and n.company_id = m.company_id
      and n.user_id = m.user_id and n.email = m.cadence and n.email <> 'off' and n.mail_id is null and n.read_at is null`,
);

const unreadOf = prepared<{ companyId: number; id: number; limit: number }>()(
  (_db, arg) => sql<MailEntry>`
    select n.kind, n.title, n.body, n.happens_at as "happensAt", n.created_at as "createdAt"
    from notifications n join memberships m on m.company_id = n.company_id and m.user_id = n.user_id
    where n.company_id = ${arg("companyId")}::bigint and n.mail_id = ${arg("id")}::bigint and n.read_at is null
      and (n.subject_kind = 'task' or ${memberSeesSql(sql`n.contact_id`)})
    order by n.id desc limit ${arg("limit")}::int`,
);

const skip = prepared<{ companyId: number; id: number; now: string }>()(
  (_db, arg) => sql<never>`
    update notification_mails set state = 'skipped', finished_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
