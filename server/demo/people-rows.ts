import { phoneVariants } from "../../shared/phone/phone-variants.ts";
import { contactSearchText } from "../domain/contacts/contact-search-text.ts";
import { organizationKey } from "../domain/organizations/organization-key.ts";
import { tagKey } from "../domain/tags/tag-key.ts";
import { type DemoPerson, fullName, lastTouch } from "./demo-person.ts";
import { type DemoPlan, organizationOf, ownerOf } from "./demo-plan.ts";
import { journalRow } from "./journal.ts";

const tagColors = ["#4263eb", "#0ca678", "#f08c00", "#e64980", "#7048e8", "#1098ad"];

/** Organizations, one a name, from the day their first person came. */
export function addOrganizations(plan: DemoPlan, people: DemoPerson[]): void {
  for (const person of people) {
    if (person.company === null || plan.organizations.has(person.company)) continue;
    const id = plan.take("organizations");
    plan.organizations.set(person.company, id);
    const at = person.createdAt.toISOString();
    plan.rows.organizations.push({
      ...{ id, name: person.company, name_key: organizationKey(person.company) },
      ...{ industry: "healthcare", custom: {}, created_at: at, updated_at: at },
    });
  }
}

/** The people themselves, after everything that happened with them is known. */
export function addContact(plan: DemoPlan, person: DemoPerson): void {
  const name = fullName(person);
  const { id, company, phone, email, createdAt } = person;
  plan.rows.contacts.push({
    ...{ id, name, first_name: person.firstName, last_name: person.lastName, phone, email, position: person.position },
    ...{ source: person.source, notes: person.notes, organization_id: organizationOf(plan, person) },
    ...{ owner_user_id: ownerOf(plan, person), stage: person.stage, lead_score: person.leadScore ?? 0 },
    ...{ country: person.country, language: person.language, custom: {} },
    last_contacted_at: plan.contacted.get(id)?.toISOString() ?? null,
    next_follow_up_at: person.nextFollowUpAt?.toISOString() ?? null,
    search_text: contactSearchText({ name, company, phone, email }),
    created_at: createdAt.toISOString(),
    updated_at: lastTouch(person).toISOString(),
  });
  addIdentities(plan, person);
  const after = { name, phone, source: person.source, stage: "new" };
  plan.rows.events.push(
    journalRow({
      type: "contact.created",
      at: createdAt,
      subject: ["contact", id],
      contactId: id,
      actor: "system",
      after,
    }),
  );
}

function addIdentities(plan: DemoPlan, { id, phone, email, messages, createdAt }: DemoPerson): void {
  const digits = phone.slice(1);
  const names: [kind: string, value: string | null | undefined, raw: string | null][] = [
    ["phone", phoneVariants(phone)[0], phone],
    ["wa_id", messages.length > 0 ? digits : null, digits],
    ["email", email?.toLowerCase(), email],
  ];
  for (const [kind, value, raw] of names) {
    if (!value) continue;
    plan.rows.contact_identities.push({ kind, value, contact_id: id, raw, created_at: createdAt.toISOString() });
  }
}

export function addTags(plan: DemoPlan, people: DemoPerson[]): void {
  const ids = new Map<string, number>();
  const names = [...new Set(people.flatMap(({ tags }) => tags))].sort();
  for (const [index, name] of names.entries()) {
    const id = plan.take("tags");
    ids.set(name, id);
    const created_at = new Date(plan.now.getTime() - 90 * 86_400_000).toISOString();
    plan.rows.tags.push({
      id,
      name,
      name_key: tagKey(name),
      color: tagColors[index % tagColors.length] ?? null,
      created_at,
    });
  }
  for (const person of people) {
    for (const tag of person.tags) addTag(plan, person, tag, ids.get(tag) ?? 0);
  }
}

function addTag(plan: DemoPlan, person: DemoPerson, tag: string, tagId: number): void {
  const user = ownerOf(plan, person);
  const at = lastTouch(person);
  plan.rows.contact_tags.push({ contact_id: person.id, tag_id: tagId, added_by: user, added_at: at.toISOString() });
  plan.rows.events.push(
    journalRow({
      ...{ type: "contact.tagged", at, subject: ["contact", person.id], contactId: person.id },
      ...{ actor: { user }, after: { tag } },
    }),
  );
}
