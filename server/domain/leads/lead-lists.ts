import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import {
  type Activity,
  type ActivityRow,
  activityColumns,
  activityOf,
  activitySource,
} from "../activities/activity.ts";
import type { Ctx } from "../context.ts";
import { type Note, noteColumns } from "../notes/note.ts";
import { type Task, type TaskRow, taskColumns, taskOf, taskSource } from "../tasks/task.ts";
import type { Lead } from "./lead.ts";

type Owned = Pick<Lead, "id" | "contactId">;
export type OffsetPage = { limit: number; offset: number };

/** What was planned in a lead, newest first; as in all of its lists, also what stands on its person and on no lead. */
export async function tasksOfLead(ctx: Ctx, lead: Owned, page: OffsetPage): Promise<Task[]> {
  return (await ctx.db.all(tasks(argsOf(ctx, lead, page)))).map(taskOf);
}

export async function callsOfLead(ctx: Ctx, lead: Owned, page: OffsetPage): Promise<Activity[]> {
  return (await ctx.db.all(calls(argsOf(ctx, lead, page)))).map(activityOf);
}

export async function notesOfLead(ctx: Ctx, lead: Owned, page: OffsetPage): Promise<Note[]> {
  return ctx.db.all(notes(argsOf(ctx, lead, page)));
}

export type LeadListArgs = OffsetPage & { companyId: number; leadId: number; contactId: number };

export function argsOf(ctx: Ctx, { id: leadId, contactId }: Owned, page: OffsetPage): LeadListArgs {
  return { companyId: ctx.companyId, leadId, contactId, ...page };
}

type Argument = <Key extends keyof LeadListArgs>(key: Key) => LeadListArgs[Key];

/** By the person's index: a lead's own rows are among theirs. */
export function inLeadSql(row: RawBuilder<unknown>, arg: Argument): RawBuilder<unknown> {
  return sql`${row}.company_id = ${arg("companyId")}::bigint and ${row}.contact_id = ${arg("contactId")}::bigint and ${row}.deleted_at is null
    and (${row}.lead_id = ${arg("leadId")}::bigint or ${row}.lead_id is null)`;
}

const tasks = prepared<LeadListArgs>()(
  (_db, arg) => sql<TaskRow>`
    select ${taskColumns} from ${taskSource} where ${inLeadSql(sql`t`, arg)}
    order by t.created_at desc, t.id desc limit ${arg("limit")}::int offset ${arg("offset")}::int`,
);

const calls = prepared<LeadListArgs>()(
  (_db, arg) => sql<ActivityRow>`
    select ${activityColumns} from ${activitySource} where ${inLeadSql(sql`a`, arg)} and a.activity_type = 'call'
    order by a.occurred_at desc, a.id desc limit ${arg("limit")}::int offset ${arg("offset")}::int`,
);

const notes = prepared<LeadListArgs>()(
  (_db, arg) => sql<Note>`
    select ${noteColumns} from notes n where ${inLeadSql(sql`n`, arg)}
    order by n.created_at desc, n.id desc limit ${arg("limit")}::int offset ${arg("offset")}::int`,
);
