import { sql } from "kysely";
import type { Db } from "../../db/connection.ts";
import { prepared } from "../../db/prepared.ts";
import type { ClaimedMail } from "./claim-mails.ts";
import type { MemberMailOutcome } from "./member-mailer.ts";

const minuteMs = 60_000;
const pausesMs = [5 * minuteMs, 30 * minuteMs, 2 * 60 * minuteMs, 6 * 60 * minuteMs];

/** Writes what came of a mail. One that nobody took waits longer each time, five tries in all. */
export async function settleMail(db: Db, mail: ClaimedMail, outcome: MemberMailOutcome, now: Date): Promise<void> {
  const { state, error, pauseMs } = verdictOf(outcome, mail.attempts);
  await db.run(
    writeOutcome({
      companyId: mail.companyId,
      id: mail.id,
      attempts: mail.attempts,
      state,
      error,
      dueAt: new Date(now.getTime() + pauseMs).toISOString(),
      now: now.toISOString(),
    }),
  );
}

function verdictOf(outcome: MemberMailOutcome, attempts: number) {
  switch (outcome.kind) {
    case "sent":
      return { state: "sent", error: null, pauseMs: 0 };
    case "later": {
      const pauseMs = pausesMs[attempts - 1];
      return { state: pauseMs === undefined ? "failed" : "queued", error: outcome.why, pauseMs: pauseMs ?? 0 };
    }
    case "refused":
      return { state: "failed", error: outcome.why, pauseMs: 0 };
    case "unknown":
      return { state: "unknown", error: outcome.why, pauseMs: 0 };
    case "no_account":
      return { state: "skipped", error: "The company has no e-mail account that sends.", pauseMs: 0 };
  }
}

type Outcome = {
  companyId: number;
  id: number;
  attempts: number;
  state: string;
  error: string | null;
  dueAt: string;
  now: string;
};

// Only the attempt that it was says so: one that counted as dead has lost its word, except that it went after all.
const writeOutcome = prepared<Outcome>()(
  (_db, arg) => sql<never>`
    update notification_mails set state = ${arg("state")}::text, error = left(${arg("error")}::text, 1000),
      due_at = ${arg("dueAt")}::timestamptz,
      finished_at = case when ${arg("state")}::text <> 'queued' then ${arg("now")}::timestamptz end
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and attempts = ${arg("attempts")}::smallint
      and (state = 'sending' or (state = 'unknown' and ${arg("state")}::text = 'sent'))`,
);
