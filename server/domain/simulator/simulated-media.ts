import { createHash } from "node:crypto";
import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { Ctx, Reads } from "../context.ts";
import { vendorId } from "./vendor-id.ts";

export type StoredFile = {
  companyId: number;
  mediaId: string;
  mimeType: string;
  filename: string | null;
  sha256: string;
  sizeBytes: number;
};

export type NewFile = { bytes: Uint8Array; mimeType: string; filename?: string; keptDays: number };

/** What Meta keeps: 30 days of what a business uploaded, 7 of what a customer sent. */
export const uploadedDays = 30;
export const receivedDays = 7;

export async function storeSimulatedMedia(ctx: Ctx, file: NewFile): Promise<{ mediaId: string; sha256: string }> {
  const { bytes, mimeType, filename = null, keptDays } = file;
  const mediaId = vendorId();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const expiresAt = new Date(ctx.now().getTime() + keptDays * 86_400_000).toISOString();
  await ctx.transact((tx) =>
    tx.tx.run(
      insertMedia({
        companyId: tx.companyId,
        mediaId,
        mimeType,
        filename,
        sha256,
        bytes: Buffer.from(bytes),
        expiresAt,
      }),
    ),
  );
  return { mediaId, sha256 };
}

/** By the vendor's id alone, as the Graph API names files; what expired is not found. */
export function findSimulatedMedia(
  db: Pick<Reads, "first">,
  mediaId: string,
  now: Date,
): Promise<StoredFile | undefined> {
  return db.first(selectMedia({ mediaId, now: now.toISOString() }));
}

export async function readSimulatedMedia(
  db: Pick<Reads, "first">,
  mediaId: string,
  companyId: number,
): Promise<{ bytes: Buffer; mimeType: string; filename: string | null } | undefined> {
  return db.first(selectBytes({ companyId, mediaId }));
}

export async function deleteSimulatedMedia(ctx: Ctx, mediaId: string): Promise<boolean> {
  return ctx.transact(async (tx) => (await tx.tx.run(deleteMedia({ companyId: tx.companyId, mediaId }))) > 0);
}

const selectMedia = prepared<{ mediaId: string; now: string }>()(
  (_db, arg) => sql<StoredFile>`
    select company_id as "companyId", media_id as "mediaId", mime_type as "mimeType", filename, sha256,
      octet_length(bytes) as "sizeBytes"
    from simulator_media where media_id = ${arg("mediaId")} and expires_at > ${arg("now")}::timestamptz limit 1`,
);

const selectBytes = prepared<{ companyId: number; mediaId: string }>()(
  (_db, arg) => sql<{ bytes: Buffer; mimeType: string; filename: string | null }>`
    select bytes, mime_type as "mimeType", filename from simulator_media
    where company_id = ${arg("companyId")} and media_id = ${arg("mediaId")}`,
);

const insertMedia = prepared<{
  companyId: number;
  mediaId: string;
  mimeType: string;
  filename: string | null;
  sha256: string;
  bytes: Buffer;
  expiresAt: string;
}>()(
  (_db, arg) => sql<never>`
    insert into simulator_media (company_id, media_id, mime_type, filename, sha256, bytes, expires_at)
    values (${arg("companyId")}::bigint, ${arg("mediaId")}::text, ${arg("mimeType")}::text, ${arg("filename")}::text,
      ${arg("sha256")}::text, ${arg("bytes")}::bytea, ${arg("expiresAt")}::timestamptz)`,
);

const deleteMedia = prepared<{ companyId: number; mediaId: string }>()(
  (_db, arg) => sql<never>`
    delete from simulator_media where company_id = ${arg("companyId")} and media_id = ${arg("mediaId")}`,
);
