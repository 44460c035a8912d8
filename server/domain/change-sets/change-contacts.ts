import { type Stage, stages } from "../../../shared/stages.ts";
import { requireMember } from "../accounts/require-member.ts";
import { type ContactSnapshot, contactColumnsOf } from "../contacts/contact-columns.ts";
import type { ContactFilter } from "../contacts/contact-filter.ts";
import { deleteContacts } from "../contacts/delete-contacts.ts";
import { listContacts } from "../contacts/list-contacts.ts";
import { restoreContacts } from "../contacts/restore-contacts.ts";
import { writeColumns } from "../contacts/write-columns.ts";
import type { Ctx, TxCtx } from "../context.ts";
import { invalid } from "../domain-error.ts";
import { changeStages } from "../leads/change-stages.ts";
import { requireOwnerInReach } from "../reach/reach.ts";
import { getTag } from "../tags/list-tags.ts";
import { tagPeople, untagPeople } from "../tags/tag-people.ts";
import type { ChangeRow, ChangeSet } from "./change-set.ts";
import { writeChangeSet } from "./change-set-rows.ts";
import { textOrNull } from "./snapshot-values.ts";
import { summaryOf } from "./summary-of.ts";

export const mostAtOnce = 1_000;

/** Who: named people, or the first thousand of a filter. */
export type Selection = { ids: number[] } | { filter: ContactFilter };

export type ContactAction =
  | { type: "set_owner"; ownerUserId: number | null }
  | { type: "set_stage"; stage: Stage }
  | { type: "set_do_not_contact"; doNotContact: boolean }
  | { type: "add_tag"; tagId: number }
  | { type: "remove_tag"; tagId: number }
  | { type: "delete" }
  | { type: "restore" };

export type BulkOutcome = { changeSet: ChangeSet; hasMore: boolean };

/** One change to many people, in one transaction; what was done to whom is kept and can be undone. */
export async function changeContacts(ctx: Ctx, selection: Selection, action: ContactAction): Promise<BulkOutcome> {
  return ctx.transact(async (tx) => {
    const { ids, hasMore } = await chosen(tx, selection);
    // Locked before anything is looked at; two bulk changes take the rows in one order.
    const people = await contactColumnsOf(tx, ids);
    const changed = await perform(tx, people, action);
    const changes = ids.map((id) => changed.get(id) ?? skipped(id, people.get(id), action));
    const count = changes.filter(({ result }) => result === "changed").length;
    const summary = summaryOf(words[action.type], count, "person");
    return { changeSet: await writeChangeSet(tx, { kind: `contacts.${action.type}`, summary, changes }), hasMore };
  });
}

async function chosen(tx: TxCtx, selection: Selection): Promise<{ ids: number[]; hasMore: boolean }> {
  if ("ids" in selection) {
    const ids = [...new Set(selection.ids)];
    if (ids.length === 0 || ids.length > mostAtOnce) throw invalid("ids", `ids must name 1 to ${mostAtOnce} records`);
    return { ids, hasMore: false };
  }
  const { items, next } = await listContacts(tx, { filter: selection.filter, limit: mostAtOnce });
  return { ids: items.map(({ id }) => id), hasMore: next !== null };
}

type People = Map<number, ContactSnapshot>;
type Changed = Map<number, ChangeRow>;

async function perform(tx: TxCtx, people: People, action: ContactAction): Promise<Changed> {
  const living = [...people].filter(([, { columns }]) => columns.deleted_at === null);
  switch (action.type) {
    case "set_owner":
      await requireMember(tx, "ownerUserId", action.ownerUserId);
      requireOwnerInReach(tx, action.ownerUserId);
      return setColumn(tx, living, "owner_user_id", action.ownerUserId);
    case "set_do_not_contact":
      return setColumn(tx, living, "do_not_contact", action.doNotContact);
    case "set_stage":
      return setStage(tx, living, action.stage);
    case "add_tag":
    case "remove_tag":
      return changeTag(
        tx,
        living.map(([id]) => id),
        action,
      );
    case "delete":
      return rowsOf(
        await deleteContacts(
          tx,
          living.map(([id]) => id),
        ),
        { deleted: false },
        { deleted: true },
      );
    case "restore":
      return restoreDeletedOf(tx, people);
  }
}

async function setColumn(
  tx: TxCtx,
  living: [number, ContactSnapshot][],
  column: string,
  value: number | boolean | null,
): Promise<Changed> {
  const changes = living.flatMap(([id, { columns }]) =>
    columns[column] === value
      ? []
      : [{ id, before: { [column]: columns[column] ?? null }, after: { [column]: value } }],
  );
  await writeColumns(tx, changes);
  return new Map(changes.map((change) => [change.id, { ...change, result: "changed", reason: null }]));
}

async function setStage(tx: TxCtx, living: [number, ContactSnapshot][], stage: Stage): Promise<Changed> {
  const moves = living.flatMap(([contactId, { columns }]) => {
    const from = stages.find((known) => known === columns.stage);
    return from === undefined || from === stage ? [] : [{ contactId, from }];
  });
  await changeStages(tx, moves, stage);
  return new Map(
    moves.map(({ contactId: id, from }) => [
      id,
      { id, result: "changed", reason: null, before: { stage: from }, after: { stage } },
    ]),
  );
}

type TagAction = Extract<ContactAction, { tagId: number }>;

async function changeTag(tx: TxCtx, ids: number[], { type, tagId }: TagAction): Promise<Changed> {
  const tag = await getTag(tx, tagId);
  const [without, having] = [
    { tag_id: tagId, tagged: false },
    { tag_id: tagId, tagged: true },
  ];
  if (type === "add_tag") return rowsOf(await tagPeople(tx, ids, tag), without, having);
  return rowsOf(await untagPeople(tx, ids, tag), having, without);
}

async function restoreDeletedOf(tx: TxCtx, people: People): Promise<Changed> {
  const deleted = [...people].filter(([, each]) => each.columns.deleted_at !== null && each.mergedIntoId === null);
  const taken = await restoreContacts(
    tx,
    deleted.map(([id, { columns }]) => ({ id, phone: textOrNull(columns.phone), email: textOrNull(columns.email) })),
  );
  const restored = deleted.map(([id]) => id).filter((id) => !taken.has(id));
  const changed = rowsOf(restored, { deleted: true }, { deleted: false });
  for (const [id, owner] of taken) {
    const reason = `contact_${owner} has their phone or mail address by now.`;
    changed.set(id, { id, result: "skipped", reason, before: null, after: null });
  }
  return changed;
}

function rowsOf(ids: number[], before: ChangeRow["before"], after: ChangeRow["after"]): Changed {
  return new Map(ids.map((id) => [id, { id, result: "changed", reason: null, before, after }]));
}

function skipped(id: number, person: ContactSnapshot | undefined, action: ContactAction): ChangeRow {
  const row = { id, before: null, after: null };
  if (!person) return { ...row, result: "skipped", reason: "There is no such person." };
  if (person.mergedIntoId !== null)
    return { ...row, result: "skipped", reason: `They were merged into contact_${person.mergedIntoId}.` };
  if (person.columns.deleted_at !== null && action.type !== "delete")
    return { ...row, result: "skipped", reason: "They were deleted." };
  return { ...row, result: "unchanged", reason: null };
}

const words: Record<ContactAction["type"], string> = {
  set_owner: "Owner set",
  set_stage: "Stage set",
  set_do_not_contact: "Do-not-contact set",
  add_tag: "Tag added",
  remove_tag: "Tag removed",
  delete: "Deleted",
  restore: "Restored",
};
