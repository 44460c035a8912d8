import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import { getContact } from "../contacts/get-contact.ts";
import { fieldsOf } from "../contacts/update-contact.ts";
import type { Ctx } from "../context.ts";
import { type Change, changedFields } from "../events/changed-fields.ts";
import { filledFields, furtherStage } from "./filled-fields.ts";
import { getMerge } from "./list-merges.ts";
import { conflict } from "./lock-people.ts";
import { survivorOf } from "./survivor-of.ts";

export type MergeCounts = {
  identities: number;
  conversations: number;
  /** Of these, how many are joined into one that the kept person has on the same number. */
  conversationsJoined: number;
  messages: number;
  leads: number;
  /** Whether both have an open lead, so that the merged person's is closed. */
  closesLead: boolean;
  deals: number;
  tasks: number;
  activities: number;
  notes: number;
  tags: number;
};

export type MergePreview = { keptId: number; mergedId: number; counts: MergeCounts; fields: Change | null };

/** What accepting this merge would do, as things stand now. */
export async function previewMerge(ctx: Ctx, id: number): Promise<MergePreview> {
  const { kept, merged, status } = await getMerge(ctx, id);
  if (status !== "proposed") throw conflict(`This merge is ${status} already.`);
  const pair = { keptId: await survivorOf(ctx, kept.id), mergedId: await survivorOf(ctx, merged.id) };
  if (pair.keptId === pair.mergedId) throw conflict("They are one person already.");
  const [one, other] = [await getContact(ctx, pair.keptId), await getContact(ctx, pair.mergedId)];
  const before = { ...fieldsOf(one), stage: one.stage };
  const after = { ...filledFields(fieldsOf(one), fieldsOf(other)), stage: furtherStage(one.stage, other.stage) };
  const counts = await ctx.db.first(countAll({ companyId: ctx.companyId, ...pair }));
  if (!counts) throw new Error("a count gave no row");
  return { ...pair, counts, fields: changedFields(before, after) };
}

const theirs = (companyId: number, contactId: number) =>
  sql`company_id = ${companyId}::bigint and contact_id = ${contactId}::bigint`;

const countAll = prepared<{ companyId: number; keptId: number; mergedId: number }>()((_db, arg) => {
  const merged = theirs(arg("companyId"), arg("mergedId"));
  const kept = theirs(arg("companyId"), arg("keptId"));
  return sql<MergeCounts>`
    select (select count(*) from contact_identities where ${merged}) as identities,
      (select count(*) from conversations where ${merged}) as conversations,
      (select count(*) from conversations where ${merged} and channel_account_id in (select channel_account_id from conversations where ${kept}))
        as "conversationsJoined",
      (select message_count from contact_inbox where ${merged}) as messages,
      (select count(*) from leads where ${merged} and deleted_at is null) as leads,
      exists (select from leads where ${merged} and closed_at is null and deleted_at is null)
        and exists (select from leads where ${kept} and closed_at is null and deleted_at is null) as "closesLead",
      (select count(*) from deals where ${merged} and deleted_at is null) as deals,
      (select count(*) from tasks where ${merged} and deleted_at is null) as tasks,
      (select count(*) from activities where ${merged} and deleted_at is null) as activities,
      (select count(*) from notes where ${merged} and deleted_at is null) as notes,
      (select count(*) from contact_tags where ${merged} and tag_id not in (select tag_id from contact_tags where ${kept})) as tags`;
});
