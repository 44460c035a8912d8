import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { isFromPerson, type ReceivedMessage } from "../../conversations/receive-messages.ts";
import { readAnswerPayload, type VisitAnswer } from "../answer-payload.ts";
import { readAnswerWord } from "./read-answer-word.ts";

type Said = { message: ReceivedMessage; appointmentId: number | null; answer: VisitAnswer };

/**
 * Notes which messages answer a reminder, in the transaction that stored them; a worker follows them. Gives the others: only those are
 * for the bot. Who says neither yes nor no costs no statement.
 */
export async function noteAnswers(tx: TxCtx, received: ReceivedMessage[]): Promise<ReceivedMessage[]> {
  const said = received.filter(isFromPerson).flatMap(answerIn);
  if (said.length === 0) return received;
  const rows = said.map(({ message: { id, conversationId, contactId }, appointmentId, answer }) => ({
    message_id: id,
    conversation_id: conversationId,
    contact_id: contactId,
    appointment_id: appointmentId,
    answer,
  }));
  const args = { companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() };
  const noted = new Set((await tx.tx.all(insertAnswers(args))).map(({ messageId }) => messageId));
  return received.filter(({ id }) => !noted.has(id));
}

function answerIn(message: ReceivedMessage): Said[] {
  const { payload, text, type } = message.update.content;
  if (payload !== undefined) {
    const read = readAnswerPayload(payload);
    return read ? [{ message, ...read }] : [];
  }
  const word = (type === "text" || type === "email") && text !== undefined ? readAnswerWord(text) : undefined;
  return word ? [{ message, appointmentId: null, answer: { kind: word } }] : [];
}

// A word counts only where the last thing we said there was a reminder; a button names its visit. The visit has to be the person's own.
const insertAnswers = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<{ messageId: number }>`
    insert into reminder_answers (company_id, message_id, conversation_id, appointment_id, answer, due_at, created_at)
    select a.company_id, r.message_id, r.conversation_id, a.id, r.answer, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (message_id bigint, conversation_id bigint, contact_id bigint, appointment_id bigint, answer jsonb)
    left join lateral (
      select k.appointment_id from (
        select m.company_id, m.id from messages m
        where m.company_id = ${arg("companyId")}::bigint and m.conversation_id = r.conversation_id and m.direction = 'out'
        order by m.sent_at desc, m.id desc limit 1
      ) last
      join appointment_reminders k on k.company_id = last.company_id and k.message_id = last.id and k.kind = 'reminder'
    ) w on r.appointment_id is null
    join appointments a on a.company_id = ${arg("companyId")}::bigint and a.id = coalesce(r.appointment_id, w.appointment_id)
      and a.contact_id = r.contact_id and a.deleted_at is null
      and (r.answer ->> 'kind' in ('again', 'book', 'other')
        or (a.status in ('booked', 'confirmed') and a.starts_at > ${arg("now")}::timestamptz))
    on conflict (company_id, message_id) do nothing
    returning message_id as "messageId"`,
);
