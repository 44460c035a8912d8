import type { Db } from "../../db/connection.ts";
import { ownersOfPeople } from "../contacts/owners-of-people.ts";
import type { OwnerOf } from "../events/may-see.ts";
import type { JournalLine } from "../events/read-journal.ts";

/** Whose the people of these lines are, in one look for however many listeners; nothing is read where nobody needs to know. */
export async function ownersOfLines(
  db: Db,
  lines: JournalLine[],
  listeners: Iterable<{ viewer: { companyId: number; reach: { ownerIds: readonly number[] | null } } }>,
): Promise<OwnerOf> {
  const [first] = lines;
  const isNeeded = [...listeners].some(({ viewer }) => viewer.reach.ownerIds !== null);
  if (!first || !isNeeded) return () => undefined;
  const people = new Set(lines.flatMap(({ contactId }) => contactId ?? []));
  const owners = await ownersOfPeople(db, first.companyId, [...people]);
  return (contactId) => owners.get(contactId);
}
