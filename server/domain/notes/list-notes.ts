import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { newestFirst, type Page, pageOf, type TimeCursor } from "../page.ts";
import { type ReachArgs, reachArgs } from "../reach/reach.ts";
import { type Note, noteColumns } from "./note.ts";
import { noteInReachSql } from "./note-in-reach.ts";

/** At most one of the four; without any, all notes. */
export type NoteQuery = {
  contactId?: number;
  dealId?: number;
  leadId?: number;
  organizationId?: number;
  limit: number;
  cursor?: TimeCursor;
};

/** Notes, newest first. */
export async function listNotes(ctx: Ctx, query: NoteQuery): Promise<Page<Note, TimeCursor>> {
  const { limit, cursor = newestFirst } = query;
  const subjectId = query.contactId ?? query.dealId ?? query.leadId ?? query.organizationId ?? null;
  const args = { companyId: ctx.companyId, subjectId, ...cursor, count: limit + 1, ...reachArgs(ctx) };
  const rows = await ctx.db.all(statementFor(query)(args));
  return pageOf(rows, limit, (note) => ({ at: note.createdAt, id: note.id }));
}

function statementFor(query: NoteQuery) {
  if (query.contactId !== undefined) return notesOfContact;
  if (query.dealId !== undefined) return notesOfDeal;
  if (query.leadId !== undefined) return notesOfLead;
  return query.organizationId === undefined ? allNotes : notesOfOrganization;
}

type ListArgs = ReachArgs & { companyId: number; subjectId: number | null; at: string; id: number; count: number };

const allNotes = noteList(() => sql``);
const notesOfContact = noteList((arg) => sql`and n.contact_id = ${arg("subjectId")}::bigint`);
const notesOfDeal = noteList((arg) => sql`and n.deal_id = ${arg("subjectId")}::bigint`);
const notesOfLead = noteList((arg) => sql`and n.lead_id = ${arg("subjectId")}::bigint`);
const notesOfOrganization = noteList((arg) => sql`and n.organization_id = ${arg("subjectId")}::bigint`);

function noteList(filter: (arg: <Key extends keyof ListArgs>(key: Key) => ListArgs[Key]) => RawBuilder<unknown>) {
  return prepared<ListArgs>()(
    (_db, arg) => sql<Note>`
      select ${noteColumns} from notes n
      where n.company_id = ${arg("companyId")}::bigint and n.deleted_at is null
        and (n.created_at, n.id) < (${arg("at")}::timestamptz, ${arg("id")}::bigint) ${filter(arg)}
        and ${noteInReachSql(arg)}
      order by n.created_at desc, n.id desc limit ${arg("count")}::int`,
  );
}
