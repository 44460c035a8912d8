import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Note, noteColumns } from "./note.ts";
import { noteInReachSql } from "./note-in-reach.ts";

export async function getNote(ctx: Ctx, noteId: number): Promise<Note> {
  const note = await ctx.db.first(noteById({ companyId: ctx.companyId, noteId, ...reachArgs(ctx) }));
  if (!note) throw notFound("note", noteId);
  return note;
}

const noteById = prepared<{ companyId: number; noteId: number } & ReachArgs>()(
  (_db, arg) => sql<Note>`
    select ${noteColumns} from notes n
    where n.company_id = ${arg("companyId")}::bigint and n.id = ${arg("noteId")}::bigint and n.deleted_at is null
      and ${noteInReachSql(arg)}`,
);
