import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import { isFromPerson, type ReceivedMessage } from "../../conversations/receive-messages.ts";
import { readAnswerPayload, type UnclearAnswer, type VisitAnswer } from "../answer-payload.ts";
import { readAnswerWord, saysNothing } from "./read-answer-word.ts";

type Said = { message: ReceivedMessage; appointmentId: number | null; answer: VisitAnswer | UnclearAnswer };

/**
 * Notes which messages answer a reminder, in the transaction that stored them; a worker follows them. Gives the ids of those that were
 * understood: they open no lead and are not for the bot. One statement for all of them.
 */
export async function noteAnswers(tx: TxCtx, received: ReceivedMessage[]): Promise<Set<number>> {
  const said = received.filter(isFromPerson).flatMap(answerIn);
  if (said.length === 0) return new Set();
  const rows = said.map(({ message: { id, conversationId, contactId }, appointmentId, answer }) => ({
    message_id: id,
    conversation_id: conversationId,
    contact_id: contactId,
    appointment_id: appointmentId,
    answer,
  }));
  const args = { companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() };
  const noted = await tx.tx.all(insertAnswers(args));
  return new Set(noted.flatMap(({ messageId, kind }) => (kind === "unclear" ? [] : [messageId])));
}

function answerIn(message: ReceivedMessage): Said[] {
  const { payload, text, type } = message.update.content;
  if (payload !== undefined) {
    const read = readAnswerPayload(payload);
    return read ? [{ message, ...read }] : [];
  }
  if (type === "reaction" || type === "sticker") return [];
  const word = (type === "text" || type === "email") && text !== undefined ? readAnswerWord(text) : undefined;
  if (word === undefined && text !== undefined && saysNothing(text)) return [];
  return [{ message, appointmentId: null, answer: { kind: word ?? "unclear" } }];
}

// Words count only where the last thing we said there was a reminder; a button names its visit, also one that is over or called off. The
// visit has to be the person's own.
// Looked for from the visits to come: nearly everybody who writes has none, and the search ends there.
const insertAnswers = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<{ messageId: number; kind: string }>`
    insert into reminder_answers (company_id, message_id, conversation_id, appointment_id, answer, due_at, created_at)
    select a.company_id, r.message_id, r.conversation_id, a.id,
      case when r.answer ->> 'kind' = 'unclear' then r.answer || jsonb_build_object('reminderId', w.id) else r.answer end,
      ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_to_recordset(${arg("rows")}::jsonb)
      as r (message_id bigint, conversation_id bigint, contact_id bigint, appointment_id bigint, answer jsonb)
    left join lateral (
      select k.id, k.appointment_id from appointments v
      join appointment_reminders k on k.company_id = v.company_id and k.appointment_id = v.id and k.kind = 'reminder'
      join messages m on m.company_id = k.company_id and m.id = k.message_id and m.conversation_id = r.conversation_id
      where v.company_id = ${arg("companyId")}::bigint and v.contact_id = r.contact_id and v.deleted_at is null
        and v.status in ('booked', 'confirmed') and v.starts_at > ${arg("now")}::timestamptz
        and not exists (select from messages o where o.company_id = m.company_id and o.conversation_id = m.conversation_id
          and o.direction = 'out' and (o.sent_at, o.id) > (m.sent_at, m.id))
      order by v.starts_at limit 1
    ) w on r.appointment_id is null
    join appointments a on a.company_id = ${arg("companyId")}::bigint and a.id = coalesce(r.appointment_id, w.appointment_id)
      and a.contact_id = r.contact_id and a.deleted_at is null
    on conflict (company_id, message_id) do nothing
    returning message_id as "messageId", answer ->> 'kind' as kind`,
);
