import { sql } from "kysely";
import type { Queries } from "../../../db/connection.ts";
import { prepared } from "../../../db/prepared.ts";
import type { UnclearAnswer, VisitAnswer } from "../answer-payload.ts";

export type ClaimedAnswer = {
  companyId: number;
  messageId: number;
  conversationId: number;
  contactId: number;
  appointmentId: number;
  answer: VisitAnswer | (UnclearAnswer & { reminderId: number });
  /** It came by e-mail, where we answer nothing by ourselves. */
  isMail: boolean;
  attempts: number;
};

/** The answer that has waited longest and that nobody holds; or this one, where it is still there. */
export async function claimAnswer(
  queries: Queries,
  now: Date,
  only?: Pick<ClaimedAnswer, "companyId" | "messageId">,
): Promise<ClaimedAnswer | undefined> {
  const { companyId = null, messageId = null } = only ?? {};
  return queries.first(claimNext({ now: now.toISOString(), companyId, messageId }));
}

/** It has been followed, with whatever else this transaction did. */
export async function settleAnswer(queries: Queries, { companyId, messageId }: ClaimedAnswer): Promise<void> {
  await queries.run(remove({ companyId, messageId }));
}

/** It comes again later. */
export async function postponeAnswer(queries: Queries, answer: ClaimedAnswer, now: Date): Promise<void> {
  const { companyId, messageId } = answer;
  await queries.run(postpone({ companyId, messageId, now: now.toISOString() }));
}

const claimNext = prepared<{ now: string; companyId: number | null; messageId: number | null }>()(
  (_db, arg) => sql<ClaimedAnswer>`
    select r.company_id as "companyId", r.message_id as "messageId", r.conversation_id as "conversationId", a.contact_id as "contactId",
      r.appointment_id as "appointmentId", r.answer,
      exists (select from messages m where m.company_id = r.company_id and m.id = r.message_id and m.type = 'email') as "isMail", r.attempts
    from reminder_answers r join appointments a on a.company_id = r.company_id and a.id = r.appointment_id
    where r.due_at <= ${arg("now")}::timestamptz and (${arg("messageId")}::bigint is null
      or (r.company_id = ${arg("companyId")}::bigint and r.message_id = ${arg("messageId")}::bigint))
    order by r.due_at limit 1 for update of r skip locked`,
);

const remove = prepared<{ companyId: number; messageId: number }>()(
  (_db, arg) => sql<never>`
    delete from reminder_answers where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint`,
);

const postpone = prepared<{ companyId: number; messageId: number; now: string }>()(
  (_db, arg) => sql<never>`
    update reminder_answers set attempts = attempts + 1,
      due_at = ${arg("now")}::timestamptz + make_interval(secs => 10 * (2 ^ attempts))
    where company_id = ${arg("companyId")}::bigint and message_id = ${arg("messageId")}::bigint`,
);
