import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { personInReachSql, type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Message, messageColumns } from "./list-messages.ts";

export async function getMessage(ctx: Ctx, id: number): Promise<Message> {
  const [message] = await messagesById(ctx, [id]);
  if (!message) throw notFound("message", id);
  return message;
}

/** In the order of the ids; those that are not there are left out. */
export async function messagesById(ctx: Ctx, ids: number[]): Promise<Message[]> {
  if (ids.length === 0) return [];
  const rows = await ctx.db.all(selectMessages({ companyId: ctx.companyId, ids, ...reachArgs(ctx) }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

const selectMessages = prepared<{ companyId: number; ids: number[] } & ReachArgs>()(
  (_db, arg) => sql<Message>`
    select ${messageColumns} from messages
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])
      and ${personInReachSql(arg, { companyId: sql`company_id`, contactId: sql`contact_id` })}`,
);
