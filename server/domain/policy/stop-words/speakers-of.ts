import { sql } from "kysely";
import { parsePhone } from "../../../../shared/phone/parse-phone.ts";
import { prepared } from "../../../db/prepared.ts";
import type { TxCtx } from "../../context.ts";
import type { Speaker } from "./spoken-languages.ts";

/** What is known of the languages of people, by their conversation of the moment. */
export async function speakersOf(tx: TxCtx, conversationIds: number[]): Promise<Map<number, Speaker>> {
  const rows = await tx.tx.all(languagesOf({ companyId: tx.companyId, conversationIds }));
  return new Map(
    rows.map(({ conversationId, phone, ...known }) => [
      conversationId,
      { ...known, country: phone ? (parsePhone(phone)?.country ?? null) : null },
    ]),
  );
}

type Row = Omit<Speaker, "country"> & { conversationId: number; phone: string | null };

const languagesOf = prepared<{ companyId: number; conversationIds: number[] }>()(
  (_db, arg) => sql<Row>`
    select v.id as "conversationId", c.language as "ofPerson", b.language as "ofConversation", c.phone, s.locale as "ofCompany"
    from conversations v join contacts c on c.company_id = v.company_id and c.id = v.contact_id
    join company_settings s on s.company_id = v.company_id
    left join bot_states b on b.company_id = v.company_id and b.conversation_id = v.id
    where v.company_id = ${arg("companyId")}::bigint and v.id = any(${arg("conversationIds")}::bigint[])`,
);
