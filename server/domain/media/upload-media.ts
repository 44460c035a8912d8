import type { Readable } from "node:stream";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { actingUserId, type Ctx } from "../context.ts";
import { DomainError, invalid } from "../domain-error.ts";
import type { MediaKind } from "../sends/outgoing-content.ts";
import { getMedia, type Media } from "./get-media.ts";
import { keepFile } from "./keep-file.ts";
import { type MediaFiles, MediaFolderTrouble } from "./media-files.ts";

export type NewMedia = {
  source: Readable;
  filename: string | undefined;
  claimedMimeType: string | undefined;
  /** By the bytes where not said. */
  kind: MediaKind | undefined;
};

/** Keeps a file that is to be sent: streamed to disk, judged by its bytes. */
export async function uploadMedia(ctx: Ctx, files: MediaFiles, input: NewMedia): Promise<Media> {
  const { source, filename, claimedMimeType, kind } = input;
  const kept = await keepFile(files, { companyId: ctx.companyId, source, kind, origin: "upload" }).catch(
    (error: unknown) => {
      if (error instanceof MediaFolderTrouble) throw new DomainError({ kind: "conflict", message: error.message });
      throw error;
    },
  );
  if (!kept.ok) throw invalid("file", kept.reason);
  const { file, mimeType } = kept;
  const row = await ctx.transact((tx) =>
    tx.tx.first(
      insertUpload({
        companyId: tx.companyId,
        kind: kept.kind,
        mimeType,
        claimedMimeType: claimedMimeType ?? null,
        filename: filename ?? null,
        sha256: file.sha256,
        sizeBytes: file.sizeBytes,
        storageKey: file.storageKey,
        uploadedBy: actingUserId(ctx),
        now: ctx.now().toISOString(),
      }),
    ),
  );
  if (!row) throw new Error("the upload was not noted");
  return getMedia(ctx, row.id);
}

type Row = {
  companyId: number;
  kind: string;
  mimeType: string;
  claimedMimeType: string | null;
  filename: string | null;
  sha256: string;
  sizeBytes: number;
  storageKey: string;
  uploadedBy: number | null;
  now: string;
};

const insertUpload = prepared<Row>()(
  (_db, arg) => sql<{ id: number }>`
    insert into media (company_id, origin, kind, mime_type, claimed_mime_type, filename, sha256, size_bytes, storage_key, uploaded_by,
      status, created_at, fetched_at)
    values (${arg("companyId")}::bigint, 'upload', ${arg("kind")}::text, ${arg("mimeType")}::text, ${arg("claimedMimeType")}::text,
      ${arg("filename")}::text, ${arg("sha256")}::text, ${arg("sizeBytes")}::bigint, ${arg("storageKey")}::text,
      ${arg("uploadedBy")}::bigint, 'stored', ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    returning id`,
);
