import { sql } from "kysely";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvent } from "../events/record-event.ts";
import { duplicateWhereTaken } from "./duplicate-organization.ts";
import { organizationKey, spelledKey } from "./organization-key.ts";
import { type NamedOrganization, organizationNamed } from "./organizations-named.ts";

/** Whose company is written; `organizationId` is the one that stands there. */
type Writer = { contactId: number; organizationId: number | null };

const nobody: Writer = { contactId: 0, organizationId: null };

/** The organization of this very spelling, or of another one that folds to the same, made where there is none. */
export async function organizationKnown(tx: TxCtx, name: string): Promise<NamedOrganization> {
  const { exact, folded } = await spellingsOf(tx, name.trim(), nobody);
  return exact ?? folded ?? organizationNamed(tx, name);
}

/**
 * The organization as somebody wrote it on a contact, spelling and all: of several spellings the very one, else the contact's own
 * renamed, else, where other contacts share it, a new one beside it.
 */
export async function organizationWritten(tx: TxCtx, name: string, writer: Writer): Promise<NamedOrganization> {
  const written = name.trim();
  const { exact, own, folded } = await spellingsOf(tx, written, writer);
  if (exact) return exact;
  if (own) return rename(tx, own, written);
  if (!folded) return organizationNamed(tx, written);
  return folded.shared ? addSpelling(tx, written) : rename(tx, folded, written);
}

type Spelling = NamedOrganization & { key: string; shared: boolean };

async function spellingsOf(tx: TxCtx, written: string, { contactId, organizationId }: Writer) {
  const [key, spelled] = [organizationKey(written), spelledKey(written)];
  const args = { companyId: tx.companyId, keys: [key, spelled], contactId, organizationId };
  const found = await tx.tx.all(selectSpellings(args));
  return {
    exact: found.find(({ name }) => name === written),
    own: found.find(({ id, name, shared }) => id === organizationId && !shared && organizationKey(name) === key),
    folded: found.find((row) => row.key === key),
  };
}

async function rename(tx: TxCtx, before: Spelling, name: string): Promise<NamedOrganization> {
  const { id } = before;
  const key = before.key === organizationKey(name) ? before.key : spelledKey(name);
  const now = tx.now().toISOString();
  await tx.tx.run(respell({ companyId: tx.companyId, id, name, key, now })).catch(duplicateWhereTaken);
  const change = { before: { name: before.name }, after: { name } };
  await recordEvent(tx, { type: "organization.updated", subject: { kind: "organization", id }, ...change });
  return { id, name };
}

async function addSpelling(tx: TxCtx, name: string): Promise<NamedOrganization> {
  const args = { companyId: tx.companyId, name, key: spelledKey(name), now: tx.now().toISOString() };
  const made = await tx.tx.first(insertSpelling(args));
  if (made) {
    const subject = { kind: "organization", id: made.id } as const;
    await recordEvent(tx, { type: "organization.created", subject, after: { name } });
    return { id: made.id, name };
  }
  // Somebody made it in between; their transaction has ended, or the insert would still wait.
  const { exact } = await spellingsOf(tx, name, nobody);
  if (!exact) throw new Error("an organization was neither found nor made");
  return exact;
}

const selectSpellings = prepared<{
  companyId: number;
  keys: string[];
  contactId: number;
  organizationId: number | null;
}>()(
  (_db, arg) => sql<Spelling>`
    select o.id, o.name, o.name_key as key, exists (
      select from contacts c where c.company_id = o.company_id and c.organization_id = o.id and c.deleted_at is null
        and c.id <> ${arg("contactId")}::bigint) as shared
    from organizations o
    where o.company_id = ${arg("companyId")}::bigint and o.deleted_at is null
      and (o.name_key = any(${arg("keys")}::text[]) or o.id = ${arg("organizationId")}::bigint)`,
);

type Written = { companyId: number; name: string; key: string; now: string };

const respell = prepared<Written & { id: number }>()(
  (_db, arg) => sql<never>`
    update organizations set name = ${arg("name")}::text, name_key = ${arg("key")}::text, version = version + 1,
      updated_at = ${arg("now")}::timestamptz
    where company_id = ${arg("companyId")}::bigint and id = ${arg("id")}::bigint`,
);

const insertSpelling = prepared<Written>()(
  (_db, arg) => sql<{ id: number }>`
    insert into organizations (company_id, name, name_key, created_at, updated_at)
    values (${arg("companyId")}::bigint, ${arg("name")}::text, ${arg("key")}::text, ${arg("now")}::timestamptz, ${arg("now")}::timestamptz)
    on conflict (company_id, name_key) where deleted_at is null do nothing
    returning id`,
);
