import { sql } from "kysely";
import type { JsonObject } from "../../../shared/json.ts";
import type { Stage } from "../../../shared/stages.ts";
import { prepared } from "../../db/prepared.ts";
import type { TxCtx } from "../context.ts";
import { recordEvents } from "../events/record-event.ts";
import { contactSearchText } from "./contact-search-text.ts";
import { addIdentities } from "./identity-rows.ts";
import type { Identity } from "./person-identities.ts";

export type ImportedContact = {
  name: string;
  firstName: string;
  lastName: string;
  phone: string | null;
  country: string | null;
  email: string | null;
  organizationId: number | null;
  company: string | null;
  position: string | null;
  source: string | null;
  notes: string | null;
  stage: Stage;
  language: string | null;
  doNotContact: boolean;
  custom: JsonObject;
  identities: Identity[];
};

/** Writes many new people at once, whose names nobody has (and are locked); their ids in the order given. */
export async function insertImported(tx: TxCtx, people: ImportedContact[], data: JsonObject): Promise<number[]> {
  if (people.length === 0) return [];
  const rows = people.map(({ identities: _identities, ...person }) => ({
    ...person,
    searchText: contactSearchText(person),
  }));
  const args = { companyId: tx.companyId, rows: JSON.stringify(rows), now: tx.now().toISOString() };
  const ids = (await tx.tx.all(insertAll(args))).map(({ id }) => id);
  await addIdentities(
    tx,
    people.flatMap(({ identities }, index) =>
      identities.map((identity) => ({ ...identity, contactId: ids[index] ?? 0 })),
    ),
  );
  await recordEvents(
    tx,
    people.map(({ name, phone, email, source, stage }, index) => ({
      type: "contact.created",
      subject: { kind: "contact", id: ids[index] ?? 0 },
      after: { name, phone, email, source, stage },
      data,
    })),
  );
  return ids;
}

/** Of people without phone and mail, who is found by exactly these words: how an import knows them again. */
export async function findBySearchText(tx: TxCtx, texts: string[]): Promise<Map<string, number>> {
  if (texts.length === 0) return new Map();
  const found = await tx.tx.all(namelessByText({ companyId: tx.companyId, texts }));
  return new Map(found.map(({ text, id }) => [text, id]));
}

// Ids are drawn in the order of the rows before the insert, because RETURNING promises no order.
const insertAll = prepared<{ companyId: number; rows: string; now: string }>()(
  (_db, arg) => sql<{ id: number }>`
    with people as materialized (
      select nextval('contacts_id_seq') as id, r.*
      from (select value, ordinality from jsonb_array_elements(${arg("rows")}::jsonb) with ordinality order by ordinality) as e,
        jsonb_to_record(e.value) as r (name text, "firstName" text, "lastName" text, phone text, country text, email text,
          "organizationId" bigint, position text, source text, notes text, stage text, language text, "doNotContact" boolean,
          custom jsonb, "searchText" text)
    ), inserted as (
      insert into contacts (company_id, id, name, first_name, last_name, phone, country, email, organization_id, position, source,
        notes, stage, language, do_not_contact, custom, search_text, created_at, updated_at)
      select ${arg("companyId")}::bigint, id, name, "firstName", "lastName", phone, country, email, "organizationId", position, source,
        notes, stage, language, "doNotContact", custom, "searchText", ${arg("now")}::timestamptz, ${arg("now")}::timestamptz
      from people
    )
    select id from people order by id`,
);

const namelessByText = prepared<{ companyId: number; texts: string[] }>()(
  (_db, arg) => sql<{ text: string; id: number }>`
    select s.search_text as text, min(s.contact_id) as id from contact_search s
    join contacts c on c.company_id = s.company_id and c.id = s.contact_id
    where s.company_id = ${arg("companyId")}::bigint and s.search_text = any(${arg("texts")}::text[])
      and c.phone is null and c.email is null and c.deleted_at is null
    group by s.search_text`,
);
