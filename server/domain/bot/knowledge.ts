import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import type { KnowledgeEntry } from "./bot-turn.ts";

export type Knowledge = KnowledgeEntry & { active: boolean; version: number; createdAt: string; updatedAt: string };

/** More would slow every answer; a company that needs them wants a model with its own search. */
export const mostEntries = 500;

const columns = sql`
  id, question, answer, keywords, language, active, version, created_at as "createdAt", updated_at as "updatedAt"`;

/** What the bot knows, newest first; short enough to be given whole. */
export async function listKnowledge(ctx: Ctx): Promise<Knowledge[]> {
  return ctx.db.all(allEntries({ companyId: ctx.companyId, limit: mostEntries }));
}

export async function listActiveKnowledge(ctx: Ctx): Promise<KnowledgeEntry[]> {
  return (await listKnowledge(ctx)).filter(({ active }) => active);
}

export async function getKnowledge(ctx: Ctx, id: number): Promise<Knowledge> {
  const entry = await ctx.db.first(entryById({ companyId: ctx.companyId, id }));
  if (!entry) throw notFound("knowledge entry", id);
  return entry;
}

const allEntries = prepared<{ companyId: number; limit: number }>()(
  (_db, arg) => sql<Knowledge>`
    select ${columns} from knowledge_entries where company_id = ${arg("companyId")}::bigint
    order by id desc limit ${arg("limit")}::int`,
);

const entryById = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Knowledge>`
    select ${columns} from knowledge_entries where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);
