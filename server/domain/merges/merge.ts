import { type RawBuilder, sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";

export const mergeStatuses = ["proposed", "merged", "dismissed", "undone"] as const;
export type MergeStatus = (typeof mergeStatuses)[number];

export type MergePerson = { id: number; name: string; phone: string | null; email: string | null; deleted: boolean };

/** That two people are one: proposed, done, turned down, or taken back. */
export type Merge = {
  id: number;
  status: MergeStatus;
  reason: string;
  evidence: JsonObject;
  kept: MergePerson;
  merged: MergePerson;
  createdAt: string;
  decidedAt: string | null;
  decidedBy: number | null;
};

const personColumns = (alias: RawBuilder<unknown>) => sql`
  jsonb_build_object('id', ${alias}.id, 'name', ${alias}.name, 'phone', ${alias}.phone, 'email', ${alias}.email,
    'deleted', ${alias}.deleted_at is not null)`;

export const mergeColumns: RawBuilder<unknown> = sql`
  m.id, m.status, m.reason, m.evidence, ${personColumns(sql`k`)} as kept, ${personColumns(sql`g`)} as merged,
  m.created_at as "createdAt", m.decided_at as "decidedAt", m.decided_by as "decidedBy"`;

export const mergeSource: RawBuilder<unknown> = sql`
  contact_merges m
  join contacts k on k.company_id = m.company_id and k.id = m.kept_contact_id
  join contacts g on g.company_id = m.company_id and g.id = m.merged_contact_id`;
