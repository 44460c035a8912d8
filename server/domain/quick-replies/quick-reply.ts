import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

/** A ready answer, called up by its shortcut. */
export type QuickReply = {
  id: number;
  shortcut: string;
  title: string;
  text: string;
  language: string | null;
  usedCount: number;
  version: number;
  createdAt: string;
  updatedAt: string;
};

export const quickReplyColumns: RawBuilder<unknown> = sql`
  id, shortcut, title, text, language, used_count as "usedCount", version, created_at as "createdAt", updated_at as "updatedAt"`;

/** A company has so many at most, so that they are one short list. */
export const mostReplies = 1_000;

export async function getQuickReply(ctx: Ctx, id: number): Promise<QuickReply> {
  const reply = await ctx.db.first(replyById({ companyId: ctx.companyId, id }));
  if (!reply) throw notFound("quick reply", id);
  return reply;
}

/** All of them, by shortcut. */
export async function listQuickReplies(ctx: Ctx): Promise<QuickReply[]> {
  return ctx.db.all(allReplies({ companyId: ctx.companyId }));
}

const replyById = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<QuickReply>`
    select ${quickReplyColumns} from quick_replies where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const allReplies = prepared<{ companyId: number }>()(
  (_db, arg) => sql<QuickReply>`
    select ${quickReplyColumns} from quick_replies where company_id = ${arg("companyId")}::bigint
    order by shortcut limit ${sql.lit(mostReplies)}`,
);
