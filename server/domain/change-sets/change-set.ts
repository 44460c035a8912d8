import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";

/** What a bulk change did with one record. */
export type ChangeRow = {
  id: number;
  result: "changed" | "unchanged" | "skipped";
  reason: string | null;
  before: JsonObject | null;
  after: JsonObject | null;
};

export type UndoRow = { id: number; result: "undone" | "skipped"; reason: string | null };

export const changeKinds = [
  "contacts.set_owner",
  "contacts.set_stage",
  "contacts.set_do_not_contact",
  "contacts.add_tag",
  "contacts.remove_tag",
  "contacts.delete",
  "contacts.restore",
  "conversations.assign",
  "conversations.close",
  "conversations.reopen",
  "leads.assign",
  "leads.set_stage",
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type ChangeSetItem = {
  id: number;
  kind: ChangeKind;
  summary: string;
  changedCount: number;
  createdBy: number | null;
  createdAt: string;
  undoneAt: string | null;
  undoneBy: number | null;
};

export type ChangeSet = ChangeSetItem & { changes: ChangeRow[]; undo: UndoRow[] | null };

export const changeSetColumns: RawBuilder<unknown> = sql`
  id, kind, summary, changed_count as "changedCount", created_by as "createdBy", created_at as "createdAt",
  undone_at as "undoneAt", undone_by as "undoneBy"`;
