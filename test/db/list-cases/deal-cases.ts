import type { Ctx } from "../../../server/domain/context.ts";
import { listDeals } from "../../../server/domain/deals/list-deals.ts";
import { listPipelines } from "../../../server/domain/deals/list-pipelines.ts";
import { searchDeals } from "../../../server/domain/deals/search-deals.ts";
import { type ListCase, page } from "./list-case.ts";

/** The lists of deals. */
export const dealCases: ListCase[] = [
  { name: "all deals", read: (ctx) => listDeals(ctx, page), index: "deals_company_id_created_at_idx" },
  {
    name: "deals from an offset",
    read: (ctx) => listDeals(ctx, { ...page, offset: 200 }),
    index: "deals_company_id_created_at_idx",
  },
  {
    name: "deals in a stage",
    read: (ctx) => listDeals(ctx, { ...page, stage: "proposal" }),
    index: "deals_company_id_stage_idx",
  },
  {
    name: "deals of a person",
    read: (ctx, contactId) => listDeals(ctx, { ...page, contactId }),
    index: "deals_company_id_contact_id_idx",
  },
  { name: "a column of the board", read: firstColumn, index: "deals_company_id_pipeline_id_idx" },
  {
    name: "deals found by the number in a person's name",
    read: (ctx) => searchDeals(ctx, { ...page, query: "4711" }),
    index: "deals_text_trgm_idx",
    mostRows: 2_000,
  },
];

async function firstColumn(ctx: Ctx): Promise<unknown> {
  const [pipeline] = await listPipelines(ctx);
  return listDeals(ctx, { ...page, pipelineId: pipeline?.id ?? 0, stageId: pipeline?.stages[0]?.id ?? 0 });
}
