import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { lockIdentities, namesOf } from "./contact-names.ts";
import { addIdentities, findByIdentities } from "./identity-rows.ts";

export type Restoring = { id: number; phone: string | null; email: string | null };

/** Brings many deleted people back; of those whose phone or mail address is somebody else's by now, whose. */
export async function restoreContacts(tx: TxCtx, people: Restoring[]): Promise<Map<number, number>> {
  const names = people.map(({ phone, email }) => namesOf(phone === null ? [] : [phone], email));
  await lockIdentities(tx, names.flat());
  const owners = new Map(
    (await findByIdentities(tx, names.flat())).map((row) => [`${row.kind} ${row.value}`, row] as const),
  );
  const taken = new Map<number, number>();
  people.forEach(({ id }, index) => {
    for (const { kind, value } of names[index] ?? []) {
      const owner = owners.get(`${kind} ${value}`);
      if (owner && owner.contact_id !== id && !owner.deleted) taken.set(id, owner.contact_id);
    }
  });
  const free = people.filter(({ id }) => !taken.has(id)).map(({ id }) => id);
  const restored = await tx.tx.all(
    markAllRestored({ companyId: tx.companyId, ids: free, now: tx.now().toISOString() }),
  );
  await addIdentities(
    tx,
    people.flatMap(({ id }, index) =>
      taken.has(id) ? [] : (names[index] ?? []).map((name) => ({ ...name, contactId: id })),
    ),
  );
  await recordEvents(
    tx,
    restored.map(({ id }) => ({ type: "contact.restored", subject: { kind: "contact", id } })),
  );
  return taken;
}

const markAllRestored = prepared<{ companyId: number; ids: number[]; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    update contacts set deleted_at = null, version = version + 1, updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = any(${arg("ids")}::bigint[]) and deleted_at is not null
      and merged_into_id is null
    returning id`,
);
