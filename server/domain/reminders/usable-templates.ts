import { sql } from "kysely";
import type { Json } from "../../../shared/json.ts";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import type { TemplateNames } from "./reminder-settings.ts";

export type UsableTemplate = { name: string; language: string; components: Json };

/** A number that can send, and which of the wanted templates are approved on it. */
export type UsableNumber = { accountId: number; templates: UsableTemplate[] };

export async function usableNumbers(ctx: Ctx, names: TemplateNames): Promise<UsableNumber[]> {
  const rows = await ctx.db.all(numbersWith({ companyId: ctx.companyId, names: Object.values(names) }));
  return rows.map(({ accountId, templates }) => ({ accountId, templates }));
}

/** The number that the person wrote to last where it can, with the template in their language as far as there is one. */
export function templateFor(
  numbers: UsableNumber[],
  names: TemplateNames,
  person: { lastAccountId: number | null; languages: (string | null)[] },
): { accountId: number; template: UsableTemplate } | undefined {
  const order = numbers.toSorted(
    (a, b) => Number(b.accountId === person.lastAccountId) - Number(a.accountId === person.lastAccountId),
  );
  for (const { accountId, templates } of order) {
    const template = bestOf(templates, names, person.languages);
    if (template) return { accountId, template };
  }
  return undefined;
}

function bestOf(templates: UsableTemplate[], names: TemplateNames, languages: (string | null)[]) {
  for (const wanted of [...languages, "en"]) {
    if (wanted === null) continue;
    const name = nameIn(names, wanted);
    const named = templates.filter((template) => template.name === name);
    const found =
      named.find(({ language }) => same(language, wanted)) ??
      named.find(({ language }) => base(language) === base(wanted));
    if (found) return found;
  }
  return templates[0];
}

function nameIn(names: TemplateNames, language: string): string | undefined {
  const own =
    Object.entries(names).find(([tag]) => same(tag, language)) ??
    Object.entries(names).find(([tag]) => tag === base(language));
  return own?.[1] ?? names["*"];
}

function same(a: string, b: string): boolean {
  return a.toLowerCase().replace("-", "_") === b.toLowerCase().replace("-", "_");
}

function base(language: string): string | undefined {
  return language.toLowerCase().split(/[-_]/, 1)[0];
}

// Real numbers before the simulated one, which is there to try things out.
const numbersWith = prepared<{ companyId: number; names: string[] }>()(
  (_db, arg) => sql<UsableNumber>`
    select a.id as "accountId", coalesce(t.templates, '[]') as templates
    from channel_accounts a
    left join lateral (
      select jsonb_agg(jsonb_build_object('name', t.name, 'language', t.language, 'components', t.components) order by t.id) as templates
      from templates t
      where t.company_id = a.company_id and t.name = any(${arg("names")}::text[]) and upper(t.status) in ('APPROVED', 'REINSTATED')
        and (t.channel_account_id = a.id or t.waba_id = a.waba_id)
    ) t on true
    where a.company_id = ${arg("companyId")}::bigint and a.status = 'connected' and a.provider in ('whatsapp_cloud', 'simulator')
      and (a.provider <> 'simulator' or not exists (
        select from channel_accounts o where o.company_id = a.company_id and o.provider = 'whatsapp_cloud' and o.status = 'connected'))
    order by a.id limit 100`,
);
