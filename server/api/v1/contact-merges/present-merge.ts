import type * as View from "../../../../shared/v1/contact-merge.ts";
import type { Merge } from "../../../domain/merges/merge.ts";
import type { MergePreview } from "../../../domain/merges/preview-merge.ts";

export function presentMerge(merge: Merge): View.ContactMerge {
  return {
    id: merge.id,
    status: merge.status,
    reason: merge.reason,
    evidence: merge.evidence,
    kept: merge.kept,
    merged: merge.merged,
    created_at: merge.createdAt,
    decided_at: merge.decidedAt,
    decided_by: merge.decidedBy,
  };
}

export function presentMergePreview({ keptId, mergedId, counts, fields }: MergePreview): View.ContactMergePreview {
  return {
    kept_contact_id: keptId,
    merged_contact_id: mergedId,
    moves: {
      identities: counts.identities,
      conversations: counts.conversations,
      conversations_joined: counts.conversationsJoined,
      messages: counts.messages,
      leads: counts.leads,
      closes_lead: counts.closesLead,
      deals: counts.deals,
      tasks: counts.tasks,
      activities: counts.activities,
      notes: counts.notes,
      tags: counts.tags,
    },
    fields: Object.keys(fields?.after ?? {}).map((field) => ({
      field: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
      before: fields?.before[field] ?? null,
      after: fields?.after[field] ?? null,
    })),
  };
}
