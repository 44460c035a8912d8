import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import type { MediaToFetch } from "./claim-media.ts";
import type { StoredFile } from "./media-files.ts";

/** How an attempt to fetch a file ended. `later` keeps it pending, with the reason beside it. */
export type MediaOutcome =
  | { state: "stored"; file: StoredFile; mimeType: string }
  | { state: "failed" | "expired"; reason: string }
  | { state: "later"; reason: string; at: Date };

/** Notes the outcome, and tells the journal once there is nothing more to wait for. */
export async function finishMedia(tx: TxCtx, media: MediaToFetch, outcome: MediaOutcome): Promise<void> {
  await tx.tx.run(setOutcome({ companyId: tx.companyId, id: media.id, ...columnsOf(outcome, tx.now()) }));
  if (outcome.state === "later") return;
  await recordEvent(tx, {
    type: outcome.state === "stored" ? "message.media_stored" : "message.media_failed",
    subject: { kind: "message", id: media.messageId },
    contactId: media.contactId,
    data: {
      media_id: media.id,
      kind: media.kind,
      ...(outcome.state === "stored" ? { mime_type: outcome.mimeType } : { reason: outcome.reason }),
    },
    dedupeKey: `media:${media.id}:${outcome.state}`,
  });
}

function columnsOf(outcome: MediaOutcome, now: Date) {
  const none = { mimeType: null, sha256: null, sizeBytes: null, storageKey: null, fetchedAt: null };
  switch (outcome.state) {
    case "stored": {
      const { file, mimeType } = outcome;
      const { sha256, sizeBytes, storageKey } = file;
      const fetchedAt = now.toISOString();
      return { status: "stored", error: null, at: fetchedAt, mimeType, sha256, sizeBytes, storageKey, fetchedAt };
    }
    case "failed":
    case "expired":
      return { status: outcome.state, error: outcome.reason, at: now.toISOString(), ...none };
    case "later":
      return { status: "pending", error: outcome.reason, at: outcome.at.toISOString(), ...none };
  }
}

type Row = {
  companyId: number;
  id: number;
  status: string;
  error: string | null;
  at: string;
  mimeType: string | null;
  sha256: string | null;
  sizeBytes: number | null;
  storageKey: string | null;
  fetchedAt: string | null;
};

const setOutcome = prepared<Row>()(
  (_db, arg) => sql<never>`
    update media set status = ${arg("status")}::text, error = ${arg("error")}::text, next_attempt_at = ${arg("at")}::timestamptz,
      mime_type = coalesce(${arg("mimeType")}::text, mime_type), sha256 = coalesce(${arg("sha256")}::text, sha256),
      size_bytes = coalesce(${arg("sizeBytes")}::bigint, size_bytes), storage_key = coalesce(${arg("storageKey")}::text, storage_key),
      fetched_at = coalesce(${arg("fetchedAt")}::timestamptz, fetched_at)
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint and status = 'pending'`,
);
