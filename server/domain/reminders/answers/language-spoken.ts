import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import { languageOf } from "../../bot/language-of.ts";
import type { BotLanguage } from "../../bot/phrases/phrases-for.ts";
import type { Ctx } from "../../context.ts";

/** In which language somebody answered: that of the words, the template's that was answered, the person's, the company's. */
export async function languageSpoken(
  ctx: Ctx,
  { messageId, conversationId }: { messageId: number; conversationId: number },
): Promise<BotLanguage> {
  const row = await ctx.db.first(hintsOf({ companyId: ctx.companyId, messageId, conversationId }));
  const { text = "", spokenBefore = null, ofPerson = null, ofCompany = "en" } = row ?? {};
  // A title on a button is the template's word, not the person's.
  return languageOf([text ?? ""], { spokenBefore: ofPerson ?? spokenBefore, ofPerson, ofCompany });
}

type Hints = { text: string | null; spokenBefore: string | null; ofPerson: string | null; ofCompany: string };

const hintsOf = prepared<{ companyId: number; messageId: number; conversationId: number }>()(
  (_db, arg) => sql<Hints>`
    select case when m.type = 'text' then m.text end as text, c.language as "ofPerson", s.locale as "ofCompany",
      (select t.language from messages o join templates t on t.company_id = o.company_id and t.id = o.template_id
        where o.company_id = m.company_id and o.conversation_id = ${arg("conversationId")}::bigint and o.direction = 'out'
        order by o.sent_at desc, o.id desc limit 1) as "spokenBefore"
    from messages m join contacts c on c.company_id = m.company_id and c.id = m.contact_id
    join company_settings s on s.company_id = m.company_id
    where m.company_id = ${arg("companyId")}::bigint and m.id = ${arg("messageId")}::bigint`,
);
