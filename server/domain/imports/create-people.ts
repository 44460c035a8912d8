import type { JsonObject } from "../../../shared/json.ts";
import { parsePhone } from "../../../shared/phone/parse-phone.ts";
import { type ImportedContact, insertImported } from "../contacts/insert-imported.ts";
import { splitName } from "../contacts/insert-newcomers.ts";
import type { TxCtx } from "../context.ts";
import { openLeads } from "../leads/open-leads.ts";
import { organizationKey } from "../organizations/organization-key.ts";
import { organizationsNamed } from "../organizations/organizations-named.ts";
import { tagPeople } from "../tags/tag-people.ts";
import { namesOfPerson } from "./match-people.ts";
import type { ImportedPerson } from "./read-person.ts";

/** Writes people of whom nobody is known, in a few statements; their ids in the order given. */
export async function createPeople(tx: TxCtx, people: ImportedPerson[], data: JsonObject): Promise<number[]> {
  if (people.length === 0) return [];
  const companies = people.flatMap(({ patch }) => (patch.company?.trim() ? [patch.company] : []));
  const organizations = await organizationsNamed(tx, companies);
  const ids = await insertImported(
    tx,
    people.map((person) => contactOf(person, organizations)),
    data,
  );
  for (const [name, group] of tagged(people, ids)) await tagPeople(tx, group, name);
  // Last, because leads are counted in one row of the company: whoever holds it keeps all other newcomers waiting.
  await openLeads(
    tx,
    people.flatMap(({ patch }, index) =>
      patch.stage === undefined
        ? []
        : [{ contactId: ids[index] ?? 0, stage: patch.stage, source: patch.source ?? null }],
    ),
  );
  return ids;
}

function contactOf(person: ImportedPerson, organizations: Map<string, number>): ImportedContact {
  const { patch, phones } = person;
  const [phone = null] = phones;
  const company = patch.company?.trim() || null;
  const split = splitName(patch.name ?? "");
  const [firstName, lastName] = [patch.firstName ?? split.first_name, patch.lastName ?? split.last_name];
  return {
    name: patch.name ?? [firstName, lastName].filter((part) => part !== "").join(" "),
    firstName,
    lastName,
    phone,
    country: (phone === null ? undefined : parsePhone(phone)?.country) ?? null,
    email: patch.email?.trim() ?? null,
    organizationId: (company === null ? undefined : organizations.get(organizationKey(company))) ?? null,
    company,
    position: patch.position ?? null,
    source: patch.source ?? null,
    notes: patch.notes ?? null,
    stage: patch.stage ?? "new",
    language: patch.language ?? null,
    doNotContact: patch.doNotContact ?? false,
    custom: patch.custom ?? {},
    identities: namesOfPerson(person),
  };
}

function tagged(people: ImportedPerson[], ids: number[]): Map<string, number[]> {
  const groups = new Map<string, number[]>();
  people.forEach(({ tags }, index) => {
    for (const tag of tags) groups.set(tag, [...(groups.get(tag) ?? []), ids[index] ?? 0]);
  });
  return groups;
}
