import { sql } from "kysely";
import type { Db } from "../../server/db/connection.ts";
import { prepared } from "../../server/db/prepared.ts";

export type NotificationRow = {
  userId: number;
  kind: string;
  title: string;
  body: string;
  contactId: number | null;
  subjectKind: string | null;
  subjectId: number | null;
  happensAt: string | null;
  mailId: number | null;
};

/** All notifications of a company in the order in which they were written. */
export async function notificationsIn(db: Db, companyId: number): Promise<NotificationRow[]> {
  return db.all(rowsOf({ companyId }));
}

/** A database whose transactions do their work and then die before the commit. */
export function dyingDb(db: Db): Db {
  return {
    ...db,
    transaction: (work) =>
      db.transaction(async (tx) => {
        await work(tx);
        throw new Error("the process died");
      }),
  };
}

const rowsOf = prepared<{ companyId: number }>()(
  (_db, arg) => sql<NotificationRow>`
    select user_id as "userId", kind, title, body, contact_id as "contactId", subject_kind as "subjectKind",
      subject_id as "subjectId", happens_at as "happensAt", mail_id as "mailId"
    from notifications where company_id = ${arg("companyId")}::bigint order by id`,
);
