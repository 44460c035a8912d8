import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { organizationKey } from "./organization-key.ts";

export type NamedOrganization = { id: number; name: string };

/** The organization of this name, made where there is none. */
export async function organizationNamed(tx: TxCtx, name: string): Promise<NamedOrganization> {
  const [row] = await findOrMake(tx, [name]);
  if (!row) throw new Error("an organization was neither found nor made");
  return { id: row.id, name: row.name };
}

/** The same for many names at once: name key (organizationKey) → id. */
export async function organizationsNamed(tx: TxCtx, names: string[]): Promise<Map<string, number>> {
  return new Map((await findOrMake(tx, names)).map((row) => [row.key, row.id]));
}

async function findOrMake(tx: TxCtx, names: string[]): Promise<Row[]> {
  // Sorted, so that two transactions with common names insert them in one order and cannot wait for each other.
  const wanted = [...new Map(names.map((name) => [organizationKey(name), name.trim()]))].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const keys = wanted.map(([key]) => key);
  const found = await tx.tx.all(organizationsByKey({ companyId: tx.companyId, keys }));
  if (found.length === wanted.length) return found;
  const held = new Set(found.map((row) => row.key));
  const missing = wanted.filter(([key]) => !held.has(key)).map(([key, name]) => ({ key, name }));
  const now = tx.now().toISOString();
  const made = await tx.tx.all(insertOrganizations({ companyId: tx.companyId, rows: JSON.stringify(missing), now }));
  await recordEvents(
    tx,
    made.map(({ id, name }) => ({
      type: "organization.created",
      subject: { kind: "organization", id },
      after: { name },
    })),
  );
  if (made.length === missing.length) return [...found, ...made];
  // Somebody made one in between; its transaction has ended, or the insert would still wait.
  return tx.tx.all(organizationsByKey({ companyId: tx.companyId, keys }));
}

type Row = { id: number; key: string; name: string };

const organizationsByKey = prepared<{ companyId: number; keys: string[] }>()(
  (_db, arg) => sql<Row>`
    select id, name_key as key, name from organizations
    where company_id = ${arg("companyId")}::bigint and name_key = any(${arg("keys")}::text[]) and deleted_at is null`,
);

const insertOrganizations = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<Row>`
    insert into organizations (company_id, name, name_key, created_at, updated_at)
    select ${arg("companyId")}::bigint, e.value ->> 'name', e.value ->> 'key', ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
    from jsonb_array_elements(${arg("rows")}::jsonb) with ordinality as e (value, place) order by e.place
    on conflict (company_id, name_key) where deleted_at is null do nothing
    returning id, name_key as key, name`,
);
