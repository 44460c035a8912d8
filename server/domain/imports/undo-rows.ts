import { stages } from "../../../shared/stages.ts";
import { type ContactSnapshot, contactColumnsOf } from "../contacts/contact-columns.ts";
import { deleteContacts } from "../contacts/delete-contacts.ts";
import { peopleInUse } from "../contacts/people-in-use.ts";
import { type NameToRelease, releaseUnusedNames } from "../contacts/release-unused-names.ts";
import { type FieldsBefore, restoreFields } from "../contacts/restore-fields.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { changeStages } from "../leads/change-stages.ts";
import { dropTags } from "../tags/copy-tags.ts";
import type { DueRow, NotedResult } from "./claim-import.ts";
import { type RowOfPerson, rowsOfPeople } from "./rows-of-people.ts";

/**
 * Takes rows back: who was made or brought back goes, who was changed gets the earlier values; unless somebody has worked with them
 * since. All rows that speak of one person have one end, and are taken back at the first of them.
 */
export async function undoRows(tx: TxCtx, importId: number, rows: DueRow[]): Promise<NotedResult[]> {
  const own = sharesIn(rows);
  const now = await contactColumnsOf(tx, [...own.keys()]);
  const shares = await wholeShares(tx, importId, own, now);
  const used = await peopleInUse(tx, [...shares].map(usedSince));
  const ends = new Map([...shares].map(([id, share]) => [id, endOf(share, now.get(id), used.has(id))]));
  const free = [...shares].filter(([id]) => ends.get(id)?.reason === null);
  await takeBack(
    tx,
    free.filter(([id]) => !ends.get(id)?.isSettled),
    now,
  );
  for (const [id, share] of free) {
    const tags = share.flatMap(({ undo }) => undo?.tags ?? []);
    if (tags.length > 0) await dropTags(tx, id, tags);
  }
  return rows.map(({ rowNumber, contactId, undo }) => {
    const reason = ends.get(contactId ?? 0)?.reason;
    if (reason === undefined) return { rowNumber, result: "kept", reason: gone, contactId, undo };
    return { rowNumber, result: reason === null ? "undone" : "kept", reason, contactId, undo };
  });
}

const gone = "The person is gone already.";

/** A person and the import's rows about them, in their order. */
type Share = [contactId: number, rows: RowOfPerson[]];

function sharesIn(rows: DueRow[]): Map<number, RowOfPerson[]> {
  const spoken = rows.flatMap(({ contactId, rowNumber, result, undo }) =>
    contactId === null ? [] : [{ contactId, rowNumber, result, reason: null, undo }],
  );
  return Map.groupBy(spoken, ({ contactId }) => contactId);
}

/** Who is not as this batch's rows left them may be as another batch's did: only then the whole import is looked through. */
async function wholeShares(
  tx: TxCtx,
  importId: number,
  own: Map<number, RowOfPerson[]>,
  now: Map<number, ContactSnapshot>,
): Promise<Map<number, RowOfPerson[]>> {
  const strange = [...own].filter(([id, share]) => now.get(id)?.version !== versionAfter(share)).map(([id]) => id);
  return new Map([...own, ...Map.groupBy(await rowsOfPeople(tx, importId, strange), ({ contactId }) => contactId)]);
}

function versionAfter(share: RowOfPerson[]): number | undefined {
  return share.findLast(({ undo }) => undo !== null)?.undo?.version;
}

/** Who was away before is in use by what came since. */
function usedSince([id, share]: Share): { id: number; since: string | null } {
  return { id, since: deletedBefore(share) };
}

function deletedBefore(share: RowOfPerson[]): string | null {
  const at = share.find(({ undo }) => typeof undo?.before.deleted_at === "string")?.undo?.before.deleted_at;
  return typeof at === "string" ? at : null;
}

/** A row of theirs in an earlier batch was settled for all. */
type End = { reason: string | null; isSettled: boolean };

function endOf(share: RowOfPerson[], person: ContactSnapshot | undefined, isUsed: boolean): End {
  const settled = share.find(({ result }) => result === "undone" || result === "kept");
  if (settled) return { reason: settled.result === "kept" ? settled.reason : null, isSettled: true };
  return { reason: reasonToKeep(share, person, isUsed), isSettled: false };
}

function reasonToKeep(share: RowOfPerson[], person: ContactSnapshot | undefined, isUsed: boolean): string | null {
  if (!person || person.columns.deleted_at !== null) return gone;
  if (person.version !== versionAfter(share)) return "The person was changed since.";
  if (goesAgain(share) && isUsed) return "The person has conversations, deals or notes by now.";
  return null;
}

function goesAgain(share: RowOfPerson[]): boolean {
  return share.some(({ result }) => result === "created") || deletedBefore(share) !== null;
}

async function takeBack(tx: TxCtx, people: Share[], now: Map<number, ContactSnapshot>): Promise<void> {
  const changed = people.filter(([, share]) => share.every(({ result }) => result !== "created")).map(earlierValues);
  await restoreFields(tx, changed.map(withoutStage));
  await moveStagesBack(tx, changed, now);
  const names = people.flatMap(namesGiven);
  await releaseUnusedNames(tx, names);
  await recordEvents(
    tx,
    changed.map(({ id, fields }) => ({
      type: "contact.updated",
      subject: { kind: "contact", id },
      after: fields,
      data: { why: "an import was undone" },
    })),
  );
  await deleteContacts(
    tx,
    people.filter(([, share]) => goesAgain(share)).map(([id]) => id),
  );
}

function withoutStage({ id, fields }: FieldsBefore): FieldsBefore {
  const { stage: _stage, ...rest } = fields;
  return { id, fields: rest };
}

/** With their open leads. */
async function moveStagesBack(tx: TxCtx, changed: FieldsBefore[], now: Map<number, ContactSnapshot>): Promise<void> {
  for (const stage of stages) {
    const people = changed.filter(({ fields }) => fields.stage === stage);
    const moves = people.flatMap(({ id }) => {
      const from = stages.find((each) => each === now.get(id)?.columns.stage);
      return from === undefined || from === stage ? [] : [{ contactId: id, from }];
    });
    await changeStages(tx, moves, stage);
  }
}

function namesGiven([id, share]: Share): NameToRelease[] {
  return share.flatMap(({ undo }) => (undo?.names ?? []).map((name) => ({ id, ...name })));
}

/** Of each field as the first row that changed it found it. That they were away is for who puts them away again. */
function earlierValues([id, share]: Share): FieldsBefore {
  const { deleted_at: _, ...fields } = Object.assign({}, ...share.toReversed().map(({ undo }) => undo?.before));
  return { id, fields };
}
