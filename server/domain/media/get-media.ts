import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx } from "../context.ts";
import { notFound } from "../domain-error.ts";

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
  const media = await ctx.db.first(selectMedia({ companyId: ctx.companyId, id }));
  if (!media) throw notFound("media", id);
  return media;
}

/** The files behind these messages, by message. */
export async function mediaOfMessages(ctx: Ctx, messageIds: number[]): Promise<Map<number, Media>> {
  if (messageIds.length === 0) return new Map();
  const rows = await ctx.db.all(selectOfMessages({ companyId: ctx.companyId, messageIds }));
  return new Map(rows.flatMap((row) => (row.messageId === null ? [] : [[row.messageId, row] as const])));
}

const selectMedia = prepared<{ companyId: number; id: number }>()(
  (_db, arg) => sql<Media>`
    select id, message_id as "messageId", origin, kind, mime_type as "mimeType", claimed_mime_type as "claimedMimeType", filename,
      size_bytes as "sizeBytes", sha256, status, error, storage_key as "storageKey", created_at as "createdAt"
    from media where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const selectOfMessages = prepared<{ companyId: number; messageIds: number[] }>()(
  (_db, arg) => sql<Media>`
    select id, message_id as "messageId", origin, kind, mime_type as "mimeType", claimed_mime_type as "claimedMimeType", filename,
      size_bytes as "sizeBytes", sha256, status, error, storage_key as "storageKey", created_at as "createdAt"
    from media where company_id = ${arg("companyId")}::bigint and message_id = any(${arg("messageIds")}::bigint[])`,
);
