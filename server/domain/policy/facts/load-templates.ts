import { sql } from "kysely";
import { prepared } from "../../../db/prepared.ts";
import type { Ctx } from "../../context.ts";
import type { WantedSend } from "../send-decision.ts";
import type { TemplateFacts } from "../send-facts.ts";

type Templates = {
  byId: Map<number, TemplateFacts>;
  approvedFor: (channelAccountId: number, wabaId: string | null) => TemplateFacts[];
};

/** The templates that the list names, and some approved ones of its numbers for what could be sent instead. */
export async function loadTemplates(ctx: Ctx, wanted: WantedSend[]): Promise<Templates> {
  const ids = wanted.flatMap(({ content }) => (content.kind === "template" ? [content.templateId] : []));
  const { companyId } = ctx;
  const channelAccountIds = [...new Set(wanted.map(({ channelAccountId }) => channelAccountId))];
  const [named, approved] = await Promise.all([
    ids.length === 0 ? [] : ctx.db.all(templatesNamed({ companyId, ids: [...new Set(ids)] })),
    ctx.db.all(templatesApproved({ companyId, channelAccountIds })),
  ]);
  return {
    byId: new Map(named.map((template) => [template.id, template])),
    approvedFor(channelAccountId, wabaId) {
      return approved.filter(
        (template) => template.channelAccountId === channelAccountId || (template.wabaId ?? null) === wabaId,
      );
    },
  };
}

const templatesNamed = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<TemplateFacts>`
    select id, channel_account_id as "channelAccountId", waba_id as "wabaId", name, language, category, status, quality from templates
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);

const templatesApproved = prepared<{ companyId: number; channelAccountIds: number[] }>()(
  (_db, arg) => sql<TemplateFacts>`
    select id, channel_account_id as "channelAccountId", waba_id as "wabaId", name, language, category, status, quality from templates
    where company_id = ${arg("companyId")}::bigint and upper(status) in ('APPROVED', 'REINSTATED')
      and (waba_id = any(array(
          select waba_id from channel_accounts where company_id = ${arg("companyId")}::bigint and id = any(${arg("channelAccountIds")}::bigint[])))
        or channel_account_id = any(${arg("channelAccountIds")}::bigint[])
        or (waba_id is null and channel_account_id is null))
    order by name, language, id limit 200`,
);
