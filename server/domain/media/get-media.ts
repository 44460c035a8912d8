import { type RawBuilder, sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";
import { ownersSql, personInReachSql, type ReachArgs, type ReachArgument, reachArgs } from "../reach/reach.ts";

export type Media = {
  id: number;
  messageId: number | null;
  origin: "inbound" | "upload";
  kind: string | null;
  mimeType: string | null;
  claimedMimeType: string | null;
  filename: string | null;
  sizeBytes: number | null;
  sha256: string | null;
  status: "pending" | "stored" | "failed" | "expired";
  error: string | null;
  storageKey: string | null;
  createdAt: string;
};

export async function getMedia(ctx: Ctx, id: number): Promise<Media> {
  const media = await ctx.db.first(selectMedia({ companyId: ctx.companyId, id, ...reachArgs(ctx) }));
  if (!media) throw notFound("media", id);
  return media;
}

/** Those of the files that there are, by id. */
export async function mediaByIds(ctx: Ctx, ids: number[]): Promise<Map<number, Media>> {
  const rows = ids.length === 0 ? [] : await ctx.db.all(selectByIds({ companyId: ctx.companyId, ids }));
  return new Map(rows.map((row) => [row.id, row]));
}

export const mediaColumns = sql`id, message_id as "messageId", origin, kind, mime_type as "mimeType",
  claimed_mime_type as "claimedMimeType", filename, size_bytes as "sizeBytes", sha256, status, error, storage_key as "storageKey",
  created_at as "createdAt"`;

const selectMedia = prepared<{ companyId: number; id: number } & ReachArgs>()(
  (_db, arg) => sql<Media>`
    select ${mediaColumns} from media where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint
      and ${mediaInReach(arg)}`,
);

const selectByIds = prepared<{ companyId: number; ids: number[] }>()(
  (_db, arg) => sql<Media>`
    select ${mediaColumns} from media where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[])`,
);

// What came with a message is its person's; what was uploaded is whose hands it came from.
function mediaInReach(arg: ReachArgument): RawBuilder<unknown> {
  if (arg("reachKind") === "everyone") return sql`true`;
  const person = personInReachSql(arg, { companyId: sql`m.company_id`, contactId: sql`m.contact_id` });
  return sql`(message_id is null and uploaded_by = any(${ownersSql(arg)}) or exists (
    select from messages m where m.company_id = media.company_id and m.id = media.message_id and ${person}))`;
}
