import { lockPair } from "../contacts/mark-merged.ts";
import { identityNamesOf } from "../contacts/move-identities.ts";
import { requireInReach } from "../contacts/require-contact.ts";
import type { TxCtx } from "../context.ts";
import { lockNames } from "../conversations/lock-names.ts";
import { DomainError } from "../domain-error.ts";
import { survivorOf } from "./survivor-of.ts";

export type Pair = { keptId: number; mergedId: number };

const mostTries = 5;

/**
 * The two people of a merge, locked: first all their names, which incoming messages lock before they look for a person, then the
 * rows in the order of their ids. Whoever was merged in the meantime stands for the person they have become.
 */
export async function lockPeople(tx: TxCtx, wanted: Pair): Promise<Pair> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const pair = { keptId: await survivorOf(tx, wanted.keptId), mergedId: await survivorOf(tx, wanted.mergedId) };
    if (pair.keptId === pair.mergedId) throw conflict("They are one person already.");
    for (const id of [pair.keptId, pair.mergedId]) await requireInReach(tx, "contact", { id, contactId: id });
    const locked = await lockNamesOf(tx, pair, new Set());
    const people = await lockPair(tx, [pair.keptId, pair.mergedId]);
    if (people.some(({ mergedIntoId }) => mergedIntoId !== null)) continue;
    const deleted = people.find((person) => person.deleted);
    if (deleted) throw conflict(`contact_${deleted.id} was deleted; restore them first.`);
    await lockNamesOf(tx, pair, locked);
    return pair;
  }
  throw conflict("These people are being merged with others just now; try again.");
}

/** Names that came between reading and locking are locked by a second call. */
async function lockNamesOf(tx: TxCtx, { keptId, mergedId }: Pair, known: Set<string>): Promise<Set<string>> {
  const names = (await identityNamesOf(tx, [keptId, mergedId])).map(({ kind, value }) => `${kind} ${value}`);
  await lockNames(
    tx,
    names.filter((name) => !known.has(name)),
  );
  return new Set(names);
}

export function conflict(message: string): DomainError {
  return new DomainError({ kind: "conflict", message });
}
