import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { Purpose } from "../policy/send-decision.ts";
import type { OutgoingContent } from "./outgoing-content.ts";

export type SendTemplate = { id: number; category: Purpose | undefined; components: Json };

type Naming = { channelAccountId: number; content: OutgoingContent };

/** The templates that messages name, by name and language, among those of their number's account. */
export async function namedTemplates<Item extends Naming>(ctx: Ctx, items: Item[]): Promise<Map<Item, SendTemplate>> {
  const named = items.flatMap((item) => (item.content.type === "template" ? [{ item, template: item.content }] : []));
  if (named.length === 0) return new Map();
  const rows = await ctx.db.all(
    selectNamed({
      companyId: ctx.companyId,
      accountIds: named.map(({ item }) => item.channelAccountId),
      names: named.map(({ template }) => template.name),
      languages: named.map(({ template }) => template.language),
    }),
  );
  const byPlace = new Map(rows.map((row) => [row.place - 1, row]));
  return new Map(
    named.flatMap(({ item }, place) => {
      const row = byPlace.get(place);
      return row
        ? [[item, { id: row.id, category: categoryOf(row.category), components: row.components }] as const]
        : [];
    }),
  );
}

function categoryOf(category: string | null): Purpose | undefined {
  const word = category?.toLowerCase();
  return word === "marketing" || word === "utility" || word === "authentication" ? word : undefined;
}

type Row = { place: number; id: number; category: string | null; components: Json };

const selectNamed = prepared<{ companyId: number; accountIds: number[]; names: string[]; languages: string[] }>()(
  (_db, arg) => sql<Row>`
    select distinct on (w.place) w.place::int, t.id, t.category, t.components
    from unnest(${arg("accountIds")}::bigint[], ${arg("names")}::text[], ${arg("languages")}::text[])
      with ordinality as w (channel_account_id, name, language, place)
    join channel_accounts a on a.company_id = ${arg("companyId")}::bigint and a.id = w.channel_account_id
    join templates t on t.company_id = ${arg("companyId")}::bigint and t.name = w.name and t.language = w.language
      and (t.channel_account_id = w.channel_account_id or t.waba_id = a.waba_id or (t.channel_account_id is null and t.waba_id is null))
    order by w.place, (t.channel_account_id = w.channel_account_id) desc nulls last, t.id`,
);
